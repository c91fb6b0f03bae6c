// Listens for new data while the page is in view, and has it ask again. Clocks run on meanwhile.
(() => {
  "use strict";
  const STALE = 5 * 60 * 1000;
  let source, timer, wait = 1000, hiddenAt = 0, isWaiting = false, kept;
  const page = () => document.querySelector("[data-live]");

  function connect() {
    clearTimeout(timer);
    if (source || document.hidden || !page()) return;
    const { stream, live } = page().dataset;
    source = new EventSource(`${stream}?seen=${encodeURIComponent(live)}`);
    source.addEventListener("data", () => { wait = 1000; refresh(); });
    source.addEventListener("error", again);
  }

  function disconnect() {
    clearTimeout(timer);
    source?.close();
    source = undefined;
  }

  // The browser's own attempts come at one pace for ever; ours come more and more slowly.
  function again() {
    disconnect();
    timer = setTimeout(connect, wait * (1 + Math.random() / 2));
    wait = Math.min(wait * 2, 60000);
  }

  function isBusy() {
    const at = document.activeElement;
    return page()?.querySelector("details.chooser[open]") || (at && page()?.contains(at) && at.matches("select, textarea, input"));
  }

  function refresh() {
    isWaiting = Boolean(isBusy());
    if (!isWaiting && page()) window.htmx.trigger(document.body, "data-arrived");
  }

  const settle = () => setTimeout(() => { if (isWaiting) refresh(); }, 200);
  document.addEventListener("focusout", settle);
  document.addEventListener("toggle", settle, true);

  document.addEventListener("visibilitychange", () => {
    if (document.hidden) { hiddenAt = Date.now(); disconnect(); return; }
    if (Date.now() - hiddenAt > STALE) refresh();
    wait = 1000;
    connect();
  });

  // What is open, in focus and scrolled stays so when the page is put in anew.
  const text = (element) => (element.textContent || "").replace(/\s+/g, " ").trim();
  const name = (element) => element.id ? `#${element.id}` : `${element.tagName} ${element.getAttribute("href") || ""} ${element.closest("section")?.id || ""} ${element.matches("details") ? text(element.querySelector("summary")) : text(element).slice(0, 80)}`;
  const boxes = () => [...page().querySelectorAll(".sheet")];

  document.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.target !== page() || event.detail.requestConfig?.triggeringEvent?.type !== "data-arrived") return;
    const at = document.activeElement;
    kept = {
      open: new Set([...page().querySelectorAll("details[open]")].map(name)),
      focus: at && page().contains(at) ? name(at) : "",
      scroll: boxes().map((box) => [box.scrollLeft, box.scrollTop]),
      top: window.scrollY,
    };
  });

  document.addEventListener("htmx:afterSettle", () => {
    tick();
    if (!kept || !page()) { connect(); return; }
    const { open, focus, scroll, top } = kept;
    kept = undefined;
    for (const each of page().querySelectorAll("details")) if (open.has(name(each))) each.open = true;
    boxes().forEach((box, number) => { if (scroll[number]) [box.scrollLeft, box.scrollTop] = scroll[number]; });
    window.scrollTo(window.scrollX, top);
    if (focus) [...page().querySelectorAll("a, button, summary, [tabindex]")].find((each) => name(each) === focus)?.focus({ preventScroll: true });
    const said = document.getElementById("announcement");
    const asOf = page().querySelector(".as-of");
    if (said && asOf) said.textContent = `New data on this page. ${text(asOf)}`;
  });

  // How long somebody waits, as the server writes it.
  function clock(seconds) {
    const minutes = Math.floor(seconds / 60), hours = Math.floor(minutes / 60), days = Math.floor(hours / 24);
    if (days) return `${days}\u202fd ${hours % 24}\u202fh`;
    if (hours) return `${hours}\u202fh ${minutes % 60}\u202fmin`;
    return `${minutes}\u202fmin`;
  }

  function tick() {
    for (const each of document.querySelectorAll("time[data-since]")) {
      const shown = clock((Date.now() - Date.parse(each.dataset.since)) / 1000);
      if (each.textContent !== shown) each.textContent = shown;
    }
  }

  setInterval(() => { if (!document.hidden) tick(); }, 15000);
  document.addEventListener("DOMContentLoaded", connect);
  window.addEventListener("pagehide", disconnect);
  window.addEventListener("pageshow", (event) => { if (event.persisted) connect(); });
})();
