"""Build the site anew, with its own Python, and open it in Chromium as a new reader would."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from course.places import ROOT

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


def build(folder: Path) -> Path:
    """Build the self-hosted site below a folder, and return where it is."""
    jb = Path(sys.executable).with_name("jb")
    command = [jb, "build", "book", "--config", "_config.yml", "--path-output", folder]
    environment = os.environ | {"PYTHONPATH": str(ROOT), "SELF_HOSTED": "1"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"{done.stdout}{done.stderr}\nThe site cannot be built; try `make book`.")
    return folder / "_build" / "html"


@contextlib.contextmanager
def given_or_built(given: str | None) -> Iterator[Path]:
    """A self-hosted site: the given folder, or else a new one that is removed afterwards."""
    if given:
        yield Path(given).resolve()
        return
    with tempfile.TemporaryDirectory() as folder:
        yield build(Path(folder))


def pages_of(site: Path) -> list[str]:
    """The pages that a reader may open, without those that only look things up."""
    found = sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html"))
    return [name for name in found if not name.startswith(("_static/", "genindex", "search"))]


def chromium() -> str | None:
    """The machine's own Chromium; None for the one that Playwright has installed."""
    return shutil.which("chromium") or shutil.which("google-chrome")


@contextlib.contextmanager
def new_reader(playwright: Any) -> Iterator[Any]:
    """A browser that has never seen the site, and keeps its files on disk like any other."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        start = playwright.chromium.launch_persistent_context
        context = start(profile, executable_path=chromium(), headless=True, args=FLAGS)
        try:
            yield context
        finally:
            context.close()
