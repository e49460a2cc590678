"""Build the site, with every warning an error, and say which page is to blame."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from course.errors import CourseError
from course.places import BUILD, ROOT, SITE, shown, write

OPTIONS = ("--path-output", ".", "-W", "-n", "--keep-going", "--quiet")
IMPORTED = ("grader", "convnet")
LOG = BUILD / "book.log"
BLAME = re.compile(r"^(?P<place>\S+?(?::\d+)?): (?P<kind>WARNING|ERROR|CRITICAL): (?P<text>.*)$")


def build(root: Path = ROOT) -> Path:
    """Build the site with Jupyter Book.

    Args:
        root: the course's folder.

    Returns:
        Its front page.

    Raises:
        CourseError: it has warnings or errors; the message lists the pages and lines.
    """
    forget_stale(root)
    binaries = Path(sys.executable).parent
    sources = ("--config", str(root / "_config.yml"), "--toc", str(root / "book" / "_toc.yml"))
    command = [str(binaries / "jb"), "build", "book", *sources, *OPTIONS]
    environment = os.environ | {
        "PATH": os.pathsep.join([str(binaries), os.environ["PATH"]]),
        "PYTHONPATH": str(root),
    }
    both = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
    done = subprocess.run(command, cwd=root, env=environment, **both)
    log = root / LOG.relative_to(ROOT)
    log.parent.mkdir(parents=True, exist_ok=True)
    log.write_text(done.stdout, encoding="utf-8")
    if done.returncode:
        # Sphinx would not repeat a page's warnings, and the next build would pass.
        shutil.rmtree(log.parent / ".doctrees", ignore_errors=True)
        raise CourseError(_explain(done.stdout, root))
    return root / SITE.relative_to(ROOT) / "index.html"


def forget_stale(root: Path) -> None:
    """Drop the pages' stored outputs if the code they import has changed.

    The cache of outputs compares the cells alone, and would show an old report of the grader.
    """
    files = sorted(path for name in IMPORTED for path in (root / name).rglob("*.[pc][ys]*"))
    sources = [path for path in files if path.suffix in (".py", ".css")]
    digest = hashlib.sha256(b"".join(map(Path.read_bytes, sources))).hexdigest()
    build_folder = root / BUILD.relative_to(ROOT)
    seen = build_folder / "book.imports"
    if seen.exists() and seen.read_text(encoding="utf-8") == digest:
        return
    for name in (".jupyter_cache", ".doctrees"):
        shutil.rmtree(build_folder / name, ignore_errors=True)
    write(seen, digest)


def _explain(log: str, root: Path) -> str:
    """The pages to blame, from Sphinx's log; its end if there are none."""
    plain = re.sub(r"\x1b\[[0-9;]*m", "", log)
    found = [match for line in plain.splitlines() if (match := BLAME.match(line))]
    places = [f"  {m['place'].removeprefix(f'{root}/')}: {m['text']}" for m in found]
    without_trace = plain.split("Traceback (most recent call last)")[0].strip()
    told = list(dict.fromkeys(places)) or [f"  {x}" for x in without_trace.splitlines()[-15:]]
    return (
        "the book has warnings, and each counts as an error:\n"
        + "\n".join(told[:20])
        + f"\nPut the pages right and run `make book` again. The whole log is in {shown(LOG)}; "
        "for a cell that failed it names the traceback's file."
    )
