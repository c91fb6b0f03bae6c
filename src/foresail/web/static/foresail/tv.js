// Shows one section of the office screen after the other. Without it they stand below each other.
(() => {
  "use strict";
  const TURN = 15000, LOST = 90000;
  let at = 0, timer, isPaused = matchMedia("(prefers-reduced-motion: reduce)").matches, last = Date.now();
  const slides = () => [...document.querySelectorAll("[data-slide]")];
  const find = (name) => document.querySelector(`[data-${name}]`);

  function show() {
    const all = slides();
    at = all.length ? at % all.length : 0;
    all.forEach((each, number) => { each.hidden = number !== at; });
  }

  function turn() {
    clearInterval(timer);
    if (!isPaused) timer = setInterval(() => { at += 1; show(); }, TURN);
    const button = find("pause");
    button.setAttribute("aria-pressed", String(isPaused));
    button.textContent = isPaused ? "Go on" : "Pause";
  }

  // The server is called once a minute, whatever happens to the stream of news: a screen that has
  // no connection must say so, and not show old numbers as new ones.
  async function check() {
    try {
      const answer = await fetch(document.querySelector("link[rel=icon]").href, { method: "HEAD", cache: "no-store" });
      if (answer.ok) last = Date.now();
    } catch { /* the time since the last answer says it */ }
    find("stale").hidden = Date.now() - last < LOST;
  }

  document.addEventListener("DOMContentLoaded", () => {
    for (const name of ["pause", "next"]) find(name).hidden = false;
    find("pause").addEventListener("click", () => { isPaused = !isPaused; turn(); });
    find("next").addEventListener("click", () => { at += 1; show(); turn(); });
    show();
    turn();
    setInterval(check, 60000);
  });
  document.addEventListener("htmx:afterSettle", show);
})();
