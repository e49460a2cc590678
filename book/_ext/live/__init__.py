"""Make the pages live: copy the scripts into the site and tell them what the course contains.

Without the scripts (`make live` makes them) the pages are as they were, and can only be read.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.util import logging

from course.offline import forget_offline, keep_offline
from course.places import EXERCISES, LIVE, notebook_of, texts, write
from course.pyodide import SERVER, fetch
from course.text import Chapter, read_chapters
from course.wheel import data_modules, wheel_name
from grader.case import seconds_for
from grader.exercise import Exercise

STYLE = Path(__file__).parent / "static" / "live.css"
FROM_FILE = STYLE.with_name("from_file.js")
CHECK_SECONDS = 20
PACKAGES = ["numpy"]
OFF = "the pages can be read but not run: the scripts are not built, see `make live`"
logger = logging.getLogger(__name__)


def files_of(folder: Path) -> list[Path]:
    """The scripts and the wheels; none if something is missing."""
    scripts = sorted((folder / "js").glob("*.js"))
    wheels = sorted(folder.glob("*.whl"))
    complete = scripts and (folder / wheel_name()).exists()
    return [STYLE, *wheels, *scripts] if complete else []


def prepare(_app: Sphinx, config: Config) -> None:
    """Note a fingerprint of all files, so that a change writes every page anew."""
    files = files_of(Path(config.live_folder))
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()[:12]
    config.live_version = digest if files else ""
    if not files:
        logger.info(OFF)


def add_files(app: Sphinx) -> None:
    """Copy the files where pages look for them."""
    if app.builder.format != "html":
        return
    target = Path(app.outdir) / "_static" / "live"
    shutil.rmtree(target, ignore_errors=True)
    if not app.config.live_version:
        return
    # A wheel's name must not change, so its folder does: a browser never mixes versions.
    (target / app.config.live_version).mkdir(parents=True)
    for path in files_of(Path(app.config.live_folder)):
        folder = target / app.config.live_version if path.suffix == ".whl" else target
        shutil.copyfile(path, folder / path.name)
    app.add_js_file(None, body=FROM_FILE.read_text(encoding="utf-8"))
    app.add_css_file("live/live.css")
    app.add_js_file("live/live.js", type="module")


def finish(app: Sphinx, error: Exception | None) -> None:
    """Describe the course, and bring Python along if the site is to stand alone."""
    if error is not None or app.builder.format != "html" or not app.config.live_version:
        return
    out = Path(app.outdir)
    text = json.dumps(describe(app), ensure_ascii=False, indent=1)
    write(out / "_static" / "live" / "course.json", text)
    copy_notebooks(out / "_static" / "live" / "notebooks")
    shutil.rmtree(out / "pyodide", ignore_errors=True)
    if app.config.live_self_hosted:
        shutil.copytree(fetch(), out / "pyodide")
    (keep_offline if app.config.live_offline else forget_offline)(out)


def copy_notebooks(folder: Path) -> None:
    """Bring the released notebooks along, to be filled with the answers of a page."""
    folder.mkdir(exist_ok=True)
    for text in texts():
        notebook = notebook_of(text.stem, EXERCISES)
        if notebook.exists():
            shutil.copyfile(notebook, folder / notebook.name)


def describe(app: Sphinx) -> dict[str, Any]:
    """What the scripts know about the course."""
    pages = {name: place[0] for name, place in app.env.get_domain("std").anonlabels.items()}
    chapters = read_chapters()
    folder = f"_static/live/{app.config.live_version}"
    return {
        "version": app.config.live_version,
        "pyodide": "pyodide/" if app.config.live_self_hosted else SERVER,
        "packages": PACKAGES,
        "wheel": f"{folder}/{wheel_name()}",
        "recorded": {name: f"{folder}/{wheel_name(name)}" for name in (c.name for c in chapters)},
        "data": data_modules(),
        "setup": {chapter.name: setup_code(chapter) for chapter in chapters},
        "exercises": {
            block.exercise.slug: facts(block.exercise, pages[label])
            for chapter in chapters
            for block in chapter.blocks
            # Labels are in small letters.
            if (label := block.exercise.slug.lower()) in pages
        },
    }


def setup_code(chapter: Chapter) -> str:
    """The first ordinary code cell of the chapter's notebook, which every exercise relies on."""
    return next(cell.source for cell in chapter.cells if cell.kind == "code")


def facts(exercise: Exercise, page: str) -> dict[str, Any]:
    """What the scripts know about an exercise."""
    return {
        "page": page,
        "chapter": exercise.chapter,
        "number": exercise.number,
        "title": exercise.title,
        "points": exercise.max_points,
        "seconds": seconds_of(exercise),
        "functions": [function.name for function in exercise.functions],
    }


def seconds_of(exercise: Exercise) -> float:
    """How long a check may take on a page: a training needs more than a call."""
    return seconds_for(exercise.cases(), CHECK_SECONDS)


def setup(app: Sphinx) -> dict[str, bool | str]:
    """Register the settings and the steps."""
    app.add_config_value("live_folder", str(LIVE), "")
    app.add_config_value("live_self_hosted", bool(os.environ.get("SELF_HOSTED")), "")
    app.add_config_value("live_offline", bool(os.environ.get("OFFLINE")), "")
    app.add_config_value("live_version", "", "html")
    app.connect("config-inited", prepare)
    app.connect("builder-inited", add_files)
    # Last, when every file of the site is as it will be served.
    app.connect("build-finished", finish, priority=900)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
