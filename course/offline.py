"""Let a built site keep what a reader has visited, so that it works without internet later."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from course.bundle import ENTRIES
from course.places import write
from course.pyodide import CORE, VERSION

WORKER = "service-worker.js"
LIVE = Path("_static") / "live"
APART = {"pyodide", "_sources", ".doctrees"}


def keep_offline(site: Path) -> None:
    """Put the service worker at the site's root, and tell the pages what it is to keep."""
    description = site / LIVE / "course.json"
    course: dict[str, Any] = json.loads(description.read_text(encoding="utf-8"))
    # Parts that a page loads when they are needed; the others are loaded with it.
    parts = [path for path in sorted((site / LIVE).glob("*.js")) if path.name not in ENTRIES]
    course["offline"] = {
        "version": version_of(site),
        "release": VERSION,
        "core": list(CORE),
        "files": [path.relative_to(site).as_posix() for path in parts],
    }
    write(description, json.dumps(course, ensure_ascii=False, indent=1))
    # A service worker serves the folder it lies in and those below.
    shutil.copyfile(site / LIVE / WORKER, site / WORKER)


def forget_offline(site: Path) -> None:
    """Remove the service worker that an older build put there; the pages then let go of it."""
    (site / WORKER).unlink(missing_ok=True)


def version_of(site: Path) -> str:
    """A fingerprint of the whole site: another one means that what was kept is old."""
    digest = hashlib.sha256()
    for path in files_of(site):
        digest.update(path.relative_to(site).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:12]


def files_of(site: Path) -> Iterator[Path]:
    """The site's own files, in order; Python has a version of its own."""
    for path in sorted(site.rglob("*")):
        inside = path.relative_to(site)
        if path.is_file() and inside.parts[0] not in APART and path.name != WORKER:
            yield path
