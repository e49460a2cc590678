"""Judge pages with Lighthouse, as a phone with a slow network and as a desktop computer.

The site is served as a static host does, see `benchmarks/host.py`. A machine that is busy with
something else makes performance look worse, so that each number is the median of several runs.
Ends with status 1 if a number is less than promised.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import tempfile
from pathlib import Path

from benchmarks.host import served
from benchmarks.site import chromium, given_or_built
from course.bundle import install
from course.node import run_node
from course.places import CACHE

PAGES = (
    "index.html",
    "01-convolution/02-sliding-window.html",
    "01-convolution/11-exercises.html",
)
KINDS = ("performance", "accessibility", "best-practices", "seo")
PRESETS = {"mobile": (), "desktop": ("--preset=desktop",)}
FLAGS = "--headless=new --no-sandbox --disable-gpu"
LEAST = 95
RUNS = 3

Report = dict[str, dict]


def judge(address: str, preset: str) -> Report:
    """What Lighthouse says about a page."""
    tools = install(Path(__file__).parent / "lighthouse", CACHE / "lighthouse", "lighthouse")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "report.json"
        options = ("--quiet", "--output=json", f"--output-path={file}", f"--chrome-flags={FLAGS}")
        arguments = (address, *options, *PRESETS[preset])
        programs = tools / "node_modules" / ".bin"
        run_node("lighthouse", *arguments, folder=tools, more_paths=programs)
        return json.loads(file.read_text(encoding="utf-8"))


def score(report: Report, kind: str) -> int:
    """Points of 100."""
    return round(100 * (report["categories"][kind]["score"] or 0))


def shortfalls(report: Report) -> list[str]:
    """What keeps a page from 100: the audits that count and are not perfect."""
    found = []
    for kind in KINDS:
        for part in report["categories"][kind]["auditRefs"]:
            audit = report["audits"][part["id"]]
            if part["weight"] and audit["score"] is not None and audit["score"] < 1:
                value = audit.get("displayValue", "")
                found.append(f"{part['id']} {value} ({100 * audit['score']:.0f})")
    return found


def median_of(reports: list[Report]) -> dict[str, int]:
    """The median of each kind of points."""
    return {kind: round(statistics.median(score(one, kind) for one in reports)) for kind in KINDS}


def main() -> int:
    """Print the points of each page; 1 if one is less than promised."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.lighthouse", description=__doc__)
    parser.add_argument("pages", nargs="*", default=PAGES, help="such as index.html")
    parser.add_argument("--site", help="a built site; without it, one is built")
    parser.add_argument("--runs", type=int, default=RUNS, help=f"how often; {RUNS} if not said")
    options = parser.parse_args()
    os.environ.setdefault("CHROME_PATH", chromium() or "")
    good = True
    print(f"{'page':<44}{'as':<9}{'performance':>12}{'access.':>9}{'practices':>11}{'SEO':>5}")
    with given_or_built(options.site) as site, served(site) as base:
        for page in options.pages:
            for preset in PRESETS:
                reports = [judge(f"{base}{page}", preset) for _ in range(options.runs)]
                points = median_of(reports)
                best = max(reports, key=lambda one: score(one, "performance"))
                performance, *others = points.values()
                numbers = f"{performance:>12}{others[0]:>9}{others[1]:>11}{others[2]:>5}"
                print(f"{page:<44}{preset:<9}{numbers}", flush=True)
                print(f"    not perfect: {', '.join(shortfalls(best)) or 'nothing'}", flush=True)
                good = good and min(points.values()) >= LEAST
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
