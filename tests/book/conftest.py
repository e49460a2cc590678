"""The built site, made once for all tests of the book."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from filelock import FileLock

from course.book import forget_stale

ROOT = Path(__file__).resolve().parents[2]
BOOK = ROOT / "book"

sys.path[:0] = [str(ROOT), str(BOOK / "_ext")]


class Site:
    """The pages of a built book.

    Args:
        folder: where the HTML is.
        log: what the build said.
        status: its exit status.
    """

    def __init__(self, folder: Path, log: str, status: int) -> None:
        self.folder = folder
        self.log = log
        self.status = status
        self._pages: dict[str, BeautifulSoup] = {}

    def page(self, name: str) -> BeautifulSoup:
        """The article of a page, such as `01-convolution/index`."""
        if name not in self._pages:
            html = (self.folder / f"{name}.html").read_text(encoding="utf-8")
            self._pages[name] = BeautifulSoup(html, "html.parser").select_one("article")
        return self._pages[name]

    def names(self) -> list[str]:
        """The authored pages."""
        files = sorted(BOOK.rglob("*.md"))
        names = [path.relative_to(BOOK).with_suffix("").as_posix() for path in files]
        return [name for name in names if (self.folder / f"{name}.html").exists()]


@pytest.fixture(scope="session")
def site(tmp_path_factory) -> Site:
    """Draw the figures and build every page anew; what the code cells print is cached."""
    out = tmp_path_factory.mktemp("site")
    subprocess.run([sys.executable, "-m", "course", "figures"], cwd=ROOT, check=True)
    jb = Path(sys.executable).with_name("jb")
    command = [jb, "build", "book", "--config", "_config.yml", "--path-output", out]
    # The browser's tests build the site too, and both share the stored outputs of the pages.
    (ROOT / "_build").mkdir(exist_ok=True)
    with FileLock(ROOT / "_build" / "tests.lock"):
        forget_stale(ROOT)
        done = subprocess.run(
            [*command, "-W", "-n", "--keep-going"],
            cwd=ROOT,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
        )
    return Site(out / "_build" / "html", done.stdout + done.stderr, done.returncode)
