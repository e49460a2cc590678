"""Bundle the script of the pages, with the editor it uses, into files a browser can load."""

from __future__ import annotations

import shutil
from pathlib import Path

from course.errors import CourseError
from course.node import run_node
from course.places import CACHE, LIVE, SCRIPTS

ENTRIES = ("live.js", "worker.js", "service-worker.js")
OPTIONS = (
    "--bundle",
    "--splitting",
    "--format=esm",
    "--minify",
    "--target=es2022",
    "--chunk-names=[name]-[hash]",
)


def build_scripts(folder: Path = LIVE / "js", sources: Path = SCRIPTS) -> list[Path]:
    """Bundle the scripts; nothing of an older build stays.

    Returns:
        The files.

    Raises:
        CourseError: npm or the network is missing, or a script has an error.
    """
    tools = install(sources)
    partial = folder.with_name(f".{folder.name}.partial")
    shutil.rmtree(partial, ignore_errors=True)
    entries = [str(sources / name) for name in ENTRIES]
    programs = tools / "node_modules" / ".bin"
    command = ("esbuild", *entries, *OPTIONS, f"--outdir={partial}", "--log-level=warning")
    run_node(*command, folder=tools, more_paths=programs)
    forget_scripts(folder)
    partial.rename(folder)
    return sorted(folder.iterdir())


def forget_scripts(folder: Path = LIVE / "js") -> None:
    """Remove what an older build left."""
    shutil.rmtree(folder, ignore_errors=True)


def install(sources: Path, tools: Path = CACHE / "live-js", program: str = "esbuild") -> Path:
    """Install exactly the packages of a lock file, once for each lock file.

    Args:
        sources: the folder of the lock file.
        tools: where they are installed.
        program: the one that is wanted.
    """
    lock = (sources / "package-lock.json").read_bytes()
    done = tools / "done"
    if not (done.exists() and done.read_bytes() == lock):
        shutil.rmtree(tools, ignore_errors=True)
        tools.mkdir(parents=True)
        for name in ("package.json", "package-lock.json"):
            shutil.copy(sources / name, tools)
        run_node("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", folder=tools)
        if not (tools / "node_modules" / ".bin" / program).exists():
            raise CourseError(f"npm has installed everything but {program}")
        done.write_bytes(lock)
    return tools
