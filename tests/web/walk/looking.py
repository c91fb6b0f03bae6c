"""What is looked at on a page: errors, width, headings, focus, and what axe knows of WCAG 2.2."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import axe_playwright_python
from playwright.sync_api import ConsoleMessage, Page, expect

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]
LOOKS: dict[str, tuple[str, int]] = {
    "light": ("light", 1280),
    "dark": ("dark", 1280),
    "light, narrow": ("light", 390),
    "dark, narrow": ("dark", 320),
}
EXAMINE = """\
async tags => {
  const found = await axe.run(document, {runOnly: tags, resultTypes: ["violations"]});
  return found.violations.map(
    ({id, nodes}) => `${id}: ${nodes.slice(0, 3).map(node => node.html.slice(0, 160)).join(" ")}`);
}"""
DRAW = "window.dispatchEvent(new Event('beforeprint'))"
NOT_DRAWN = "[data-chart]:not([data-drawn])"
TABS = 12
FOCUS = """\
() => {
  const at = document.activeElement;
  if (!at || at === document.body) return "";
  const name = `${at.tagName} ${at.id || at.textContent.trim().slice(0, 40)}`;
  const {outlineStyle, outlineWidth} = getComputedStyle(at);
  if (outlineStyle === "none" || outlineWidth === "0px") return `the focus on ${name} is not seen`;
  const {left, top, right, bottom} = at.getClientRects()[0];
  const middle = (from, to, end) => (Math.max(from, 0) + Math.min(to, end)) / 2;
  const above = document.elementFromPoint(
    middle(left, right, innerWidth), middle(top, bottom, innerHeight));
  const seen = above && (at.contains(above) || above.contains(at));
  return seen ? "" : `${name} is hidden while it has the focus`;
}"""


class Looking:
    """A page somebody walks with, and what was found wrong on the way."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.wrong: list[str] = []
        self._said: list[str] = []
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self._said.append(str(error)))

    def _hear(self, said: ConsoleMessage) -> None:
        if said.type == "error":
            self._said.append(said.text)

    def at(self, address: str, looks: tuple[str, ...]) -> None:
        """Go to an address and look at it in some looks, one after the other, not loading anew."""
        answer = self.page.goto(address)
        status = answer.status if answer else 0
        found = [] if status == 200 else [f"answers {status}"]
        self.page.evaluate(DRAW)
        expect(self.page.locator(NOT_DRAWN)).to_have_count(0)
        for look in looks:
            theme, width = LOOKS[look]
            self.page.emulate_media(color_scheme=theme, reduced_motion="reduce")
            self.page.set_viewport_size({"width": width, "height": 800})
            found += [f"{look}: {each}" for each in self._faults(width)]
        found += self._said
        self._said.clear()
        self.wrong += [f"{address}: {each}" for each in found]

    def _faults(self, width: int) -> Iterator[str]:
        page = self.page
        heads = page.locator("h1").count()
        if heads != 1:
            yield f"{heads} main headings"
        wide = page.evaluate("document.documentElement.scrollWidth")
        if wide > width:
            yield f"{wide} pixels wide"
        page.evaluate(AXE)
        yield from page.evaluate(EXAMINE, TAGS)
        yield from self._focus()

    def _focus(self) -> Iterator[str]:
        for _ in range(TABS):
            self.page.keyboard.press("Tab")
            fault: Any = self.page.evaluate(FOCUS)
            if fault:
                yield fault
