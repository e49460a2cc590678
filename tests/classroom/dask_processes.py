"""A real dask cluster on this machine; each of its processes can be killed."""

import os
import socket
import subprocess
import sys
import time
from pathlib import Path

DASK = str(Path(sys.executable).parent / "dask")


class DaskCluster:
    """A scheduler at a fixed port, and some workers."""

    def __init__(self, folder, workers=2):
        self._folder = folder
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self._port = free.getsockname()[1]
        self.address = f"tcp://127.0.0.1:{self._port}"
        self._processes = {}
        self.start_scheduler()
        for number in range(workers):
            self.start_worker(f"worker-{number}")

    def start_scheduler(self):
        self._start("scheduler", "--host", "127.0.0.1", "--port", str(self._port))
        end = time.monotonic() + 30
        while not self._answers():
            assert time.monotonic() < end
            time.sleep(0.1)

    def start_worker(self, name):
        self._start(name, self.address, "--nthreads", "1", "--name", name)

    def _start(self, name, *arguments):
        kind = "scheduler" if name == "scheduler" else "worker"
        extra = ["--no-dashboard"] + (["--no-nanny"] if kind == "worker" else [])
        path = os.pathsep.join(filter(None, sys.path))
        log = (self._folder / f"{name}.log").open("ab")
        with log:
            self._processes[name] = subprocess.Popen(
                [DASK, kind, *arguments, *extra],
                cwd=self._folder,
                env=os.environ | {"PYTHONPATH": path, "PYTHONWARNINGS": "ignore"},
                stdout=log,
                stderr=log,
            )

    def _answers(self):
        try:
            socket.create_connection(("127.0.0.1", self._port), 1).close()
        except OSError:
            return False
        return True

    def kill(self, name):
        """As if the power were cut."""
        process = self._processes.pop(name)
        process.kill()
        process.wait()

    def close(self):
        for name in list(self._processes):
            self.kill(name)
