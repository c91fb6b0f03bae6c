// Draws the charts of a page from their specifications, in the colours of the page.
// The library is fetched only where a chart comes into view.
(() => {
  "use strict";
  const library = document.currentScript.dataset.library;
  let fetched;

  function fetchLibrary() {
    fetched ??= new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = library;
      script.onload = () => resolve(window.vegaEmbed);
      script.onerror = reject;
      document.head.append(script);
    });
    return fetched;
  }

  function style(width) {
    const page = getComputedStyle(document.documentElement);
    const of = (name) => page.getPropertyValue(name).trim();
    const series = [1, 2, 3, 4, 5, 6, 7, 8].map((number) => of(`--series-${number}`));
    const words = { labelColor: of("--soft"), titleColor: of("--soft"), labelFontSize: 12, titleFontSize: 12, titleFontWeight: 400 };
    return {
      background: "transparent",
      font: of("--sans") || "sans-serif",
      view: { stroke: null },
      mark: { color: series[0] },
      range: { category: series, outcomes: [series[0], of("--rule"), series[4], series[3]], heatmap: [of("--heat-low"), of("--heat-high")], ramp: [of("--heat-low"), of("--heat-high")] },
      axis: { ...words, gridColor: of("--line"), tickColor: of("--line"), domain: false },
      legend: { ...words, orient: "top", symbolType: "square", columns: Math.max(2, Math.floor(width / 100)) },
      text: { color: of("--ink") },
      rule: { color: of("--rule") },
    };
  }

  async function draw(place) {
    const spec = JSON.parse(document.getElementById(place.dataset.chart).textContent);
    const embed = await fetchLibrary();
    spec.height ??= Number(place.dataset.height);
    await embed(place, { ...spec, autosize: { type: "fit-x", contains: "padding" } }, {
      actions: false, ast: true, renderer: "svg", defaultStyle: false, config: style(place.clientWidth),
      tooltip: { disableDefaultStyle: true }, loader: { target: "_self" },
    });
    place.dataset.drawn = "yes";
  }

  const watcher = new IntersectionObserver((entries) => {
    for (const entry of entries) {
      if (!entry.isIntersecting) continue;
      watcher.unobserve(entry.target);
      draw(entry.target);
    }
  }, { rootMargin: "300px" });

  function watch(inside) {
    for (const place of inside.querySelectorAll("[data-chart]:not([data-drawn])")) watcher.observe(place);
  }

  document.addEventListener("DOMContentLoaded", () => watch(document));
  document.addEventListener("htmx:afterSettle", () => watch(document));
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
    for (const place of document.querySelectorAll("[data-drawn]")) draw(place);
  });
  window.addEventListener("beforeprint", () => {
    for (const place of document.querySelectorAll("[data-chart]:not([data-drawn])")) draw(place);
  });
})();
