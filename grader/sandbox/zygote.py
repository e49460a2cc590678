"""A warm Python that holds NumPy and no secret, and forks one confined child per submission.

It is started as a program of its own, with a clean environment, by `grader/sandbox/sandbox.py`.
"""

from __future__ import annotations

import gc
import json
import os
import signal
import socket
import sys
import traceback
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any, NoReturn

HERE = Path(__file__).parent
MOST_REQUEST = 1 << 16


def main(fd: int) -> NoReturn:
    """Build the outer walls, then fork children until the grader hangs up."""
    line = socket.socket(fileno=fd)
    setup = _line_of(line)
    sys.path += setup["path"]
    _bare_packages()
    from grader.sandbox.walls import Walls

    walls = Walls(setup["tier"], setup["visible"], setup["hidden"])
    try:
        _warm_up(setup["preload"])
        walls.surround()
    except Exception as error:
        _tell(line, {"fatal": f"{error}" or type(error).__name__})
        os._exit(1)
    _tell(line, {"ready": True})
    gc.collect()
    gc.freeze()  # so that a child's collector does not copy pages that it shares
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _serve(line, walls)


def _bare_packages() -> None:
    """Make our packages importable without what their `__init__` would load."""
    for name, folder in (("grader", HERE.parent), ("grader.sandbox", HERE)):
        package = ModuleType(name)
        package.__path__ = [str(folder)]
        sys.modules[name] = package


def _warm_up(modules: list[str]) -> None:
    """Import what children will use, since they can import little themselves."""
    for name in modules:
        import_module(name)
    import_module("grader.sandbox.worker").warm_up()


def _serve(line: socket.socket, walls: Any) -> NoReturn:
    ended: dict[int, tuple[int, float]] = {}
    while True:
        data, files, _, _ = socket.recv_fds(line, MOST_REQUEST, 3)
        if not data:
            os._exit(0)
        _reap(ended)
        request = json.loads(data)
        if "ended" in request:
            _tell(line, {"ended": ended.pop(request["ended"], None)})
            continue
        process = walls.fork()
        if process == 0:
            line.close()
            _become_child(walls, *files)
        for file in files:
            os.close(file)
        _tell(line, {"process": process}, _handles(process))


def _handles(process: int) -> list[int]:
    """A file that stands for the process, in whatever namespace somebody looks at it."""
    return [os.pidfd_open(process)] if hasattr(os, "pidfd_open") else []


def _reap(ended: dict[int, tuple[int, float]]) -> None:
    """Note how the last children ended, and how much processor time each took."""
    while True:
        try:
            process, status, used = os.wait4(-1, os.WNOHANG)
        except ChildProcessError:
            return
        if process == 0:
            return
        ended[process] = os.waitstatus_to_exitcode(status), used.ru_utime + used.ru_stime
        while len(ended) > 1000:
            ended.pop(next(iter(ended)))


def _become_child(walls: Any, line: int, bell: int, output: int) -> NoReturn:
    """Confine this process, then do what the grader asks; the learner's code runs here."""
    from grader.sandbox.worker import work

    try:
        nothing = os.open(os.devnull, os.O_RDWR)
        for number, file in enumerate((nothing, output, output)):
            os.dup2(file, number)
        _close_all_but({line, bell, *walls.open_files})
        work(line, bell, walls)
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(0)


def _close_all_but(kept: set[int]) -> None:
    """Close all files but these and the standard ones."""
    start = 3
    for file in sorted(kept):
        os.closerange(start, file)
        start = file + 1
    os.closerange(start, os.sysconf("SC_OPEN_MAX"))


def _line_of(line: socket.socket) -> dict[str, Any]:
    """The first request, which is as long as it is and ends with its line."""
    data = b""
    while not data.endswith(b"\n"):
        piece = line.recv(MOST_REQUEST)
        if not piece:
            os._exit(0)
        data += piece
    return json.loads(data)


def _tell(line: socket.socket, message: dict[str, Any], files: list[int] | None = None) -> None:
    socket.send_fds(line, [json.dumps(message).encode() + b"\n"], files or [])
    for file in files or []:
        os.close(file)


if __name__ == "__main__":
    main(int(sys.argv[1]))
