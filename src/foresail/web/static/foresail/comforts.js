// Small comforts; every page works without them.
(() => {
  "use strict";
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-print]")) window.print();
    for (const open of document.querySelectorAll("details.chooser[open]")) {
      if (!open.contains(event.target)) open.open = false;
    }
  });
  // What lies in a line that scrolls comes into view whole: where one is, and what has the focus.
  const show = (entry) => entry?.scrollIntoView({ block: "nearest", inline: "nearest" });
  document.addEventListener("DOMContentLoaded", () => {
    for (const line of document.querySelectorAll(".menu, .tabs")) show(line.querySelector("[aria-current]"));
  });
  document.addEventListener("focusin", (event) => show(event.target.closest(".menu a, .tabs a")));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const open of document.querySelectorAll("details.chooser[open]")) {
      open.open = false;
      open.querySelector("summary").focus();
    }
  });
})();
