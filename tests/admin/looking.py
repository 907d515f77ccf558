"""What is wrong with a page that is open in a browser, as axe and our own eyes see it."""

from __future__ import annotations

import inspect
import os
from pathlib import Path

from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Page

AXE = Path(inspect.getfile(Axe)).parent / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
SHOTS = os.environ.get("NASTAVNIK_SHOTS")  # a folder: keeps a picture of every page looked at

# Of what holds nothing is told: to describe it takes as long as to find it.
LOOK = """async (tags) => {
  const wrong = [];
  const found = await axe.run(document, {runOnly: {type: "tag", values: tags}, resultTypes: ["violations"], preload: false});
  for (const one of found.violations) for (const node of one.nodes) wrong.push(one.id + ": " + node.html.slice(0, 150));
  const root = document.documentElement;
  if (root.scrollWidth > root.clientWidth) wrong.push(root.scrollWidth - root.clientWidth + " px too wide");
  const small = [...document.querySelectorAll("a, button, input:not([type=hidden]), select, textarea, summary")].filter(e => {
    const box = e.getBoundingClientRect();
    return e.checkVisibility({visibilityProperty: true}) && box.height && (box.height < 24 || box.width < 24)
      && getComputedStyle(e).display !== "inline" && !e.closest(".visually-hidden, .skip");
  });
  for (const one of small) wrong.push("smaller than 24 px: " + one.outerHTML.slice(0, 120));
  const heads = document.querySelectorAll("h1").length;
  if (heads !== 1) wrong.push(heads + " headings of the first rank");
  const status = document.querySelectorAll("#status[role=status]").length;
  if (status !== 1 && document.querySelector("header.top")) wrong.push("no place where results are said");
  const ids = [...document.querySelectorAll("[id]")].map(e => e.id);
  const twice = ids.filter((id, at) => ids.indexOf(id) !== at);
  if (twice.length) wrong.push("ids used twice: " + twice.join(" "));
  return wrong;
}"""


async def faults(page: Page) -> list[str]:
    """What is wrong with the page that is open, at the width it has."""
    if not await page.evaluate("'axe' in window"):
        await page.evaluate(AXE.read_text(encoding="utf-8"))
    found: list[str] = await page.evaluate(LOOK, TAGS)
    return found


async def look(page: Page, name: str, width: int) -> list[str]:
    """The same, with the name of the page; where pictures are kept, its picture."""
    wrong = [f"{name} {width}: {one}" for one in await faults(page)]
    if SHOTS:
        file = f"{name.strip('/').replace('/', '-').replace('?', '_') or 'today'}-{width}.png"
        await page.screenshot(path=Path(SHOTS) / file, full_page=True)
    return wrong
