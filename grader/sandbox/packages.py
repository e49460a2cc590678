"""Which files Python needs inside the walls: its standard library and some packages."""

from __future__ import annotations

import os
import sys
import sysconfig
from collections.abc import Iterable
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path

from packaging.requirements import Requirement

from grader.sandbox.errors import Refused

# What a process inside has imported before it is confined: more than notebooks need, on purpose.
WARM = """
    abc argparse ast base64 bisect collections.abc contextlib copy csv ctypes dataclasses datetime
    decimal enum fractions functools gzip hashlib heapq inspect io itertools json linecache
    logging math numbers operator os pathlib pickle platform pprint random re secrets shutil
    statistics string struct sys tempfile textwrap threading time timeit traceback types
    typing unittest uuid warnings zipfile encodings.idna encodings.latin_1 numpy numpy.fft
    numpy.lib.stride_tricks numpy.linalg numpy.random numpy.testing
"""


def standard_library() -> list[str]:
    """The folders of the standard library."""
    extensions = [path for path in sys.path if Path(path).name == "lib-dynload"]
    return _without_nested([os.path.dirname(os.__file__), *extensions])


def system_libraries() -> list[str]:
    """The folders of shared libraries that the standard library's extensions load."""
    architecture = sysconfig.get_config_var("MULTIARCH") or ""
    folders = {f"/usr/lib/{architecture}", f"/lib/{architecture}"} if architecture else set()
    return sorted(f for f in {*folders, "/lib64", "/usr/lib64"} if os.path.isdir(f))


def foreign_packages() -> list[str]:
    """The folders of other installed packages that lie inside the standard library's."""
    names = ("site-packages", "dist-packages")
    folders = [f"{library}/{name}" for library in standard_library() for name in names]
    return [folder for folder in folders if os.path.isdir(folder)]


def files_of(names: Iterable[str]) -> list[str]:
    """The files and folders of packages, and of those they need themselves.

    Args:
        names: as they are imported, such as `matplotlib`.

    Raises:
        Refused: a package is not installed.
    """
    found: dict[str, None] = {}
    for name in names:
        spec = find_spec(name)
        if spec is None or spec.origin is None:
            raise Refused(f"the package {name} is not installed here. Install it, or leave it out.")
        origin = Path(spec.origin)
        found[str(origin.parent if spec.submodule_search_locations else origin)] = None
        for distribution in _distributions(name):
            found.update(dict.fromkeys(_top_level(distribution)))
    return list(found)


def _distributions(name: str) -> list[metadata.Distribution]:
    """What was installed to make a package importable, with all that it needs."""
    seen: set[str] = set()
    found = _with_requirements(name, seen)
    if not found:  # it may be installed under another name, as PIL is
        for other in metadata.packages_distributions().get(name, ()):
            found += _with_requirements(other, seen)
    return found


def _with_requirements(name: str, seen: set[str]) -> list[metadata.Distribution]:
    """The distribution of that name, and all it needs here; nothing if there is none."""
    key = name.lower().replace("_", "-")
    if key in seen:
        return []
    seen.add(key)
    try:
        distribution = metadata.distribution(name)
    except metadata.PackageNotFoundError:
        return []
    found = [distribution]
    for text in distribution.requires or []:
        needed = Requirement(text)
        if needed.marker is None or needed.marker.evaluate({"extra": ""}):
            found += _with_requirements(needed.name, seen)
    return found


def _top_level(distribution: metadata.Distribution) -> list[str]:
    """What a distribution has put beside its own description."""
    names = {file.parts[0] for file in distribution.files or [] if ".." not in file.parts}
    wanted = [n for n in sorted(names) if not n.endswith((".dist-info", ".pth", "__pycache__"))]
    paths = [Path(str(distribution.locate_file(name))) for name in wanted]
    return [str(path) for path in paths if path.exists()]


def _without_nested(paths: Iterable[str]) -> list[str]:
    folders = sorted({Path(path) for path in paths})
    return [str(f) for f in folders if not any(f != g and f.is_relative_to(g) for g in folders)]
