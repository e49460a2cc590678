"""A real PostgreSQL server in a folder of its own, which can be stopped and started."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from pathlib import Path

PLACES = ["/usr/lib/postgresql", "/opt/homebrew/opt", "/usr/local/opt"]


class PostgresServer:
    """A server that listens on this machine only.

    PostgreSQL refuses to run as root; then it runs as the user that Debian makes for it.
    """

    def __init__(self) -> None:
        # Not in a folder of the tests: the server's own user could not walk there.
        self._folder = Path(tempfile.mkdtemp(prefix="postgres-"))
        self._data = self._folder / "data"
        self._programs = programs()
        self._user = "postgres" if os.getuid() == 0 else None
        if self._user:
            os.chown(self._folder, pwd.getpwnam(self._user).pw_uid, -1)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self._port = free.getsockname()[1]
        self._run("initdb", "-D", self._data, "-U", "teacher", "-A", "trust", "--no-sync")
        self.start()

    def _run(self, program: str, *arguments: str | Path) -> None:
        command = [str(self._programs / program), *map(str, arguments)]
        options = {"user": self._user, "group": self._user, "extra_groups": []}
        subprocess.run(
            command,
            check=True,
            cwd="/",
            stdout=subprocess.DEVNULL,
            **(options if self._user else {}),
        )

    def database(self, name: str) -> str:
        """Make a database, and return its address."""
        place = ["-h", "127.0.0.1", "-p", str(self._port), "-U", "teacher"]
        self._run("createdb", *place, name)
        return f"postgresql+psycopg://teacher@127.0.0.1:{self._port}/{name}"

    def start(self) -> None:
        """Start, and return when it can be used."""
        options = f"-p {self._port} -k '' -c listen_addresses=127.0.0.1 -c fsync=off"
        log = self._folder / "log"
        self._run("pg_ctl", "-D", self._data, "-l", log, "-o", options, "-w", "start")

    def stop(self) -> None:
        """At once, as if its machine were restarted."""
        self._run("pg_ctl", "-D", self._data, "-m", "immediate", "-w", "stop")

    def close(self) -> None:
        """Stop, if it runs, and leave nothing behind."""
        if (self._data / "postmaster.pid").exists():
            self.stop()
        shutil.rmtree(self._folder)


def programs() -> Path:
    """Where PostgreSQL's server is: Debian keeps it out of the path, by version."""
    found = [path for place in PLACES for path in Path(place).glob("*/bin/pg_ctl")]
    known = shutil.which("pg_ctl")
    newest = sorted(found)[-1] if found else known and Path(known).resolve()
    assert newest, "PostgreSQL is not installed: `apt-get install postgresql`"
    return newest.parent
