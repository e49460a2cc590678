"""Measure a page: from Check to the verdict, next to the bare start of Pyodide and NumPy.

Page and bare start are measured in turns, each with a browser of its own, first cold (nothing is
there yet) and then warm (the browser has kept the files). The site is served from this machine, so
that the times hold no network. Each number is a median.
"""

from __future__ import annotations

import argparse
import statistics
import sys
from typing import Any

from benchmarks.host import served
from benchmarks.page_bytes import PAGE_MOST, SCRIPT_MOST, START_MOST, weigh, weigh_start
from benchmarks.readme import put_into_readme
from benchmarks.site import given_or_built, new_reader, pages_of

PAGE = "00-introduction/index.html"
ANSWER = "def add_bias(x, b):\n    return x + b"
RUNS = 5
RATIO_MOST, AGAIN_MOST = 1.3, 0.3

# As in the page, Pyodide runs in a worker; its address is this page's, so that caches are alike.
BARE = """async (base) => {
  const code = `import { loadPyodide } from "${base}pyodide/pyodide.mjs";
    const python = await loadPyodide({ indexURL: "${base}pyodide/", packages: ["numpy"] });
    python.runPython("import numpy"); postMessage("done");`;
  const url = URL.createObjectURL(new Blob([code], { type: "text/javascript" }));
  const start = performance.now();
  const worker = new Worker(url, { type: "module" });
  await new Promise((done) => { worker.onmessage = done; });
  const seconds = (performance.now() - start) / 1000;
  worker.terminate();
  return seconds;
}"""
CHECK = """async () => {
  const card = document.querySelector("[data-exercise]");
  const said = card.querySelector(".live-said");
  const start = performance.now();
  card.querySelector("button.primary").click();
  await new Promise((done) => {
    const look = () => /^(Solved|Not yet)/.test(said.textContent) && done();
    new MutationObserver(look).observe(said, { childList: true, subtree: true });
  });
  if (!said.textContent.startsWith("Solved")) throw new Error(said.textContent);
  return (performance.now() - start) / 1000;
}"""


def measure_bare(playwright: Any, base: str) -> dict[str, float]:
    """Seconds of a bare start, cold and warm."""
    found = {}
    with new_reader(playwright) as context:
        for name in ("cold", "warm"):
            page = context.new_page()
            page.goto(f"{base}notation.html")
            page.wait_for_load_state("networkidle")
            found[f"bare {name}"] = page.evaluate(BARE, base)
            page.close()
    return found


def measure_check(playwright: Any, base: str) -> dict[str, float]:
    """Seconds from Check to the verdict, cold and warm, and of a check after that."""
    found = {}
    with new_reader(playwright) as context:
        for name in ("cold", "warm"):
            page = context.new_page()
            page.goto(f"{base}{PAGE}")
            page.wait_for_selector("html[data-live=ready]")
            page.wait_for_load_state("networkidle")
            page.locator("[data-exercise] .cm-content").first.click()
            page.keyboard.press("Control+A")
            page.keyboard.insert_text(ANSWER)
            page.wait_for_timeout(500)
            found[f"check {name}"] = page.evaluate(CHECK)
            found[f"again {name}"] = page.evaluate(CHECK)
            page.close()
    return found


def measure(playwright: Any, base: str, runs: int) -> dict[str, float]:
    """The medians; the order of page and bare start changes with each run."""
    rounds = []
    for i in range(runs):
        order = (measure_bare, measure_check)[:: 1 if i % 2 else -1]
        found: dict[str, float] = {}
        for one in order:
            found |= one(playwright, base)
        print("  ".join(f"{name} {found[name]:.2f}" for name in sorted(found)), flush=True)
        rounds.append(found)
    return {name: statistics.median(one[name] for one in rounds) for name in rounds[0]}


def rows(
    seconds: dict[str, float], weights: list[Any], start: int
) -> list[tuple[str, float, float]]:
    """Each figure: what it is, what was measured, and the most it may be."""
    timed = [
        (f"{name}: Check to verdict, times the bare start", ratio(seconds, name), RATIO_MOST)
        for name in ("cold", "warm")
    ]
    return [
        *timed,
        ("a check after that, s", seconds["again warm"], AGAIN_MOST),
        (
            "heaviest page before the first Run, kB",
            max(w.all for w in weights) / 1e3,
            PAGE_MOST / 1e3,
        ),
        ("our script in it, kB", max(w.script for w in weights) / 1e3, SCRIPT_MOST / 1e3),
        ("start of Python with NumPy, MB", start / 1e6, START_MOST / 1e6),
    ]


def ratio(seconds: dict[str, float], name: str) -> float:
    """How much longer a check takes than the bare start."""
    return seconds[f"check {name}"] / seconds[f"bare {name}"]


def readme_table(found: list[tuple[str, float, float]]) -> str:
    """The table for the README."""
    head = "| figure | measured | at most |\n|---|---|---|\n"
    return head + "\n".join(f"| {name} | {shown(got)} | {most:g} |" for name, got, most in found)


def shown(number: float) -> str:
    """A number with as many digits as say something."""
    return f"{number:.0f}" if number >= 100 else f"{number:.2f}"


def main() -> int:
    """Print the figures; 1 if one is more than promised."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.page_start", description=__doc__)
    parser.add_argument("--site", help="a self-hosted site; without it, one is built")
    parser.add_argument("--runs", type=int, default=RUNS, help=f"how often; {RUNS} if not said")
    parser.add_argument("--readme", action="store_true", help="put the table into README.md")
    options = parser.parse_args()
    from playwright.sync_api import sync_playwright

    with (
        given_or_built(options.site) as site,
        sync_playwright() as playwright,
        served(site) as base,
    ):
        seconds = measure(playwright, base, options.runs)
        with new_reader(playwright) as context:
            weights = [weigh(context, site, base, name) for name in pages_of(site)]
            start = weigh_start(context, site, base)
    print("medians:", "  ".join(f"{name} {seconds[name]:.2f} s" for name in sorted(seconds)))
    found = rows(seconds, weights, start)
    for name, got, most in found:
        print(f"{name:<52}{shown(got):>8}   at most {most:g}")
    if options.readme:
        put_into_readme("page-start", readme_table(found))
    return int(any(got > most for _, got, most in found))


if __name__ == "__main__":
    sys.exit(main())
