"""Weigh every page: what travels before the first Run, our script in it, and the start of Python.

Each number is what a static host sends, with gzip where a host uses it. Ends with status 1 if a
page is heavier than promised.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.host import sent_bytes, served
from benchmarks.site import given_or_built, new_reader, pages_of

PAGE_MOST, SCRIPT_MOST, START_MOST = 600e3, 150e3, 9.5e6
OURS = "_static/live/"
EXERCISE_PAGE = "00-introduction/index.html"


@dataclass(frozen=True)
class Weight:
    """The bytes of a page before the first Run, and those of our script among them."""

    page: str
    all: int
    script: int


def weigh(context: Any, site: Path, base: str, name: str) -> Weight:
    """Open a page, scroll through it, and add up what it has asked for."""
    asked = listen(page := context.new_page())
    page.goto(f"{base}{name}")
    page.wait_for_selector("html[data-live=ready]")
    scroll(page)
    page.wait_for_load_state("networkidle")
    page.close()
    files = files_of(asked, site, base)
    scripts = [path for path in files if OURS in path.as_posix() and path.suffix == ".js"]
    return Weight(name, sum(map(sent_bytes, files)), sum(map(sent_bytes, scripts)))


def scroll(page: Any) -> None:
    """Scroll to the end in steps of a screen, since pictures and editors wait for their reader."""
    screens = page.evaluate("Math.ceil(document.body.scrollHeight / innerHeight)")
    for screen in range(screens + 1):
        page.evaluate(f"scrollTo(0, {screen} * innerHeight)")
        page.wait_for_timeout(50)


def weigh_start(context: Any, site: Path, base: str) -> int:
    """What the first Check of a page with nothing but NumPy asks for."""
    page = context.new_page()
    page.goto(f"{base}{EXERCISE_PAGE}")
    page.wait_for_selector("html[data-live=ready]")
    page.wait_for_load_state("networkidle")
    # A worker's own requests are the context's, not the page's.
    asked = listen(context)
    page.get_by_role("button", name="Check exercise 0.1").click()
    page.locator(".live-said", has_text="Not yet").first.wait_for(timeout=120_000)
    page.close()
    return sum(map(sent_bytes, files_of(asked, site, base)))


def listen(source: Any) -> set[str]:
    """The addresses that a page or a browser asks for from now on."""
    asked: set[str] = set()
    source.on("request", lambda request: asked.add(request.url))
    return asked


def files_of(asked: set[str], site: Path, base: str) -> set[Path]:
    """The site's files at these addresses; fails for the address of any other server.

    Raises:
        ValueError: a page has asked another server.
    """
    strangers = [url for url in asked if not url.startswith((base, "data:", "blob:"))]
    if strangers:
        raise ValueError(f"asked another server: {', '.join(strangers)}")
    own = [url.removeprefix(base).split("?")[0].split("#")[0] for url in asked if base in url]
    return {site / name for name in own if (site / name).is_file()}


def main() -> int:
    """Print the weights; 1 if one is more than promised."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.page_bytes", description=__doc__)
    parser.add_argument("--site", help="a self-hosted site; without it, one is built")
    options = parser.parse_args()
    from playwright.sync_api import sync_playwright

    with (
        given_or_built(options.site) as site,
        sync_playwright() as playwright,
        served(site) as base,
        new_reader(playwright) as context,
    ):
        weights = [weigh(context, site, base, name) for name in pages_of(site)]
        start = weigh_start(context, site, base)
    print(f"{'page':<48}{'kB before the first Run':>24}{'our script':>12}")
    for one in weights:
        print(f"{one.page:<48}{one.all / 1e3:>24.0f}{one.script / 1e3:>12.0f}")
    print(f"\nstart of Python with NumPy: {start / 1e6:.2f} MB (at most {START_MOST / 1e6} MB)")
    print(f"at most {PAGE_MOST / 1e3:.0f} kB a page, {SCRIPT_MOST / 1e3:.0f} kB of it our script")
    heavy = any(one.all > PAGE_MOST or one.script > SCRIPT_MOST for one in weights)
    return int(heavy or start > START_MOST)


if __name__ == "__main__":
    sys.exit(main())
