"""Pack the grader and the layers into a wheel, and what a chapter's checks need into another.

A page loads the first, and of the others only those of its own exercises. Large data of a
chapter's exercises travels with its outputs, so that no page has to wait for it but those whose
exercises or cells need it.
"""

from __future__ import annotations

import base64
import hashlib
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

from course.errors import CourseError
from course.places import LIVE, PAGE_PYTHON, ROOT
from grader.exercises import EXERCISES
from grader.expected import RECORDED, recorded_outputs
from grader.mistakes import topic_of

NAME, VERSION = "convnet_course", "0.1.0"
LEFT_OUT = (
    "grader/references",
    "grader/nbgrader",
    "grader/sandbox",
    "grader/classroom",
    "grader/__main__.py",
)
LARGE = 40_000
SUFFIXES = (".py", ".css", ".npz", ".json")
IMPORTED = re.compile(r"from grader\.mistakes\.(\w+)")
EPOCH = (1980, 1, 1, 0, 0, 0)
TAG = "Wheel-Version: 1.0\nGenerator: course\nRoot-Is-Purelib: true\nTag: py3-none-any\n"


def wheel_name(chapter: str = "") -> str:
    """The file name of the wheel with the grader, or of the one for a chapter's checks."""
    return f"{_package(chapter)}-{VERSION}-py3-none-any.whl"


def build_wheels(folder: Path = LIVE, root: Path = ROOT) -> list[Path]:
    """Write the wheels; equal sources give equal bytes.

    Raises:
        CourseError: torch's outputs are not recorded for today's cases.
    """
    stale = [exercise.slug for exercise in EXERCISES if recorded_outputs(exercise) is None]
    if stale:
        raise CourseError(f"no recorded outputs for {', '.join(stale)}: run `make record`")
    chapters = dict.fromkeys(exercise.chapter for exercise in EXERCISES)
    for old in folder.glob("*.whl"):
        old.unlink()
    paths = [_write(folder, "", dict(_contents(root)))]
    return paths + [_write(folder, name, dict(_of_chapter(name, root))) for name in chapters]


def data_modules(root: Path = ROOT) -> dict[str, str]:
    """Where large data lies, as a module that a page's cell may name, with its chapter."""
    chapters = dict.fromkeys(exercise.chapter for exercise in EXERCISES)
    return {
        f"grader.exercises.{topic_of(chapter)}": chapter
        for chapter in chapters
        if _large_data(chapter, root)
    }


def _write(folder: Path, chapter: str, files: dict[str, bytes]) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / wheel_name(chapter)
    partial = target.with_suffix(".partial")
    try:
        with zipfile.ZipFile(partial, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in _with_record(_package(chapter), files):
                archive.writestr(zipfile.ZipInfo(name, EPOCH), content, zipfile.ZIP_DEFLATED)
        partial.replace(target)
    finally:
        partial.unlink(missing_ok=True)
    return target


def _contents(root: Path) -> Iterator[tuple[str, bytes]]:
    """The files of the wheel: nothing that needs torch, nbgrader or a terminal."""
    topics = tuple(f"grader/mistakes/{topic_of(exercise.chapter)}" for exercise in EXERCISES)
    for package in ("convnet", "grader"):
        for path in sorted((root / package).rglob("*")):
            name = path.relative_to(root).as_posix()
            wanted = path.suffix in SUFFIXES and not name.startswith((*LEFT_OUT, *topics))
            if wanted and not _of_one_chapter(path):
                yield name, path.read_bytes()
    yield PAGE_PYTHON.name, PAGE_PYTHON.read_bytes()


def _of_one_chapter(path: Path) -> bool:
    """Whether a file of arrays travels with a chapter: torch's outputs, and large data."""
    return path.suffix == ".npz" and (path.parent == RECORDED or _is_large(path))


def _large_data(chapter: str, root: Path) -> list[Path]:
    """The large data of a chapter's exercises."""
    folder = root / "grader" / "exercises" / topic_of(chapter)
    return [path for path in sorted(folder.glob("*.npz")) if _is_large(path)]


def _is_large(path: Path) -> bool:
    """Whether a file is data that only those pages load that need it."""
    return path.suffix == ".npz" and path.stat().st_size > LARGE


def _of_chapter(chapter: str, root: Path) -> Iterator[tuple[str, bytes]]:
    """A chapter's known mistakes and large data, and what torch says about its exercises."""
    for path in [*_mistakes(topic_of(chapter), root), *_large_data(chapter, root)]:
        yield path.relative_to(root).as_posix(), path.read_bytes()
    for exercise in EXERCISES:
        if exercise.chapter == chapter:
            name = f"{exercise.slug}.npz"
            yield f"grader/recorded/{name}", (RECORDED / name).read_bytes()


def _mistakes(topic: str, root: Path) -> list[Path]:
    """The modules of a topic's known mistakes, with those of other topics that they build on."""
    folder = root / "grader" / "mistakes"
    topics, found = [topic], []
    for name in topics:
        own = [folder / f"{name}.py", *sorted((folder / name).rglob("*.py"))]
        own = [path for path in own if path.is_file()]
        named = {other for path in own for other in IMPORTED.findall(path.read_text("utf-8"))}
        topics += sorted(n for n in named - {*topics} if (folder / n).is_dir())
        found += own
    return found


def _package(chapter: str) -> str:
    return f"{NAME}_{chapter.replace('-', '_')}" if chapter else NAME


def _with_record(package: str, files: dict[str, bytes]) -> Iterator[tuple[str, bytes]]:
    """Add what makes a zip a wheel: its description and the list of its files."""
    about = f"{package}-{VERSION}.dist-info"
    name = package.replace("_", "-")
    metadata = f"Metadata-Version: 2.1\nName: {name}\nVersion: {VERSION}\n"
    files |= {f"{about}/METADATA": metadata.encode(), f"{about}/WHEEL": TAG.encode()}
    record = f"{about}/RECORD"
    lines = [f"{name},sha256={_digest(files[name])},{len(files[name])}" for name in files]
    yield from files.items()
    yield record, "\n".join([*lines, f"{record},,", ""]).encode()


def _digest(content: bytes) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(content).digest()).decode().rstrip("=")
