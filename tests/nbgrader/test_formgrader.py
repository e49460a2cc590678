"""The pages in which a teacher looks at a class work on a real server."""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

CHAPTER = "01-convolution"
TOKEN = "for-this-test"


class Server:
    """A Jupyter server in the folder of the graded class."""

    def __init__(self, folder: Path, home: Path) -> None:
        self.log = home / "server.log"
        programs = Path(sys.executable).parent
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                [
                    str(programs / "jupyter-server"),
                    *("--no-browser", "--allow-root", "--ServerApp.port=0"),
                    f"--IdentityProvider.token={TOKEN}",
                    f"--ServerApp.root_dir={folder}",
                ],
                cwd=folder,
                env=os.environ | {"HOME": str(home), "JUPYTER_RUNTIME_DIR": str(home)},
                stdout=log,
                stderr=log,
            )
        self.url = self._wait(home)

    def _wait(self, home: Path) -> str:
        """The address, which the server writes into a file shortly before it listens."""
        for _ in range(300):
            files = list(home.glob("jpserver-*.json"))
            if files and files[0].stat().st_size:
                address = json.loads(files[0].read_text())
                with socket.socket() as probe:
                    if probe.connect_ex(("localhost", address["port"])) == 0:
                        return address["url"]
            assert self.process.poll() is None, self.log.read_text()
            time.sleep(0.1)
        raise AssertionError(self.log.read_text())

    def ask(self, path: str, method: str = "GET") -> str:
        """The body of an answer; fails unless the status is 200."""
        headers = {"Authorization": f"token {TOKEN}"}
        request = urllib.request.Request(self.url + path, headers=headers, method=method)
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return answer.read().decode()
        except urllib.error.HTTPError as error:
            raise AssertionError(f"{path}: {error}\n{self.log.read_text()[-2000:]}") from error


@pytest.fixture(scope="module")
def server(graded, tmp_path_factory):
    running = Server(graded[0], tmp_path_factory.mktemp("home"))
    yield running
    running.process.terminate()
    running.process.wait(timeout=20)


PAGES = {
    "formgrader": "Formgrader",
    "formgrader/manage_assignments": "Manage Assignments",
    "formgrader/manage_students": "Manage Students",
    "formgrader/gradebook": "Manual Grading",
    f"formgrader/gradebook/{CHAPTER}": "Manual Grading",
    f"formgrader/gradebook/{CHAPTER}/{CHAPTER}": "Manual Grading",
    f"formgrader/manage_submissions/{CHAPTER}": "Manage Submissions",
}


@pytest.mark.parametrize("path", PAGES)
def test_a_page_of_the_formgrader_opens(server, path):
    assert PAGES[path].lower() in server.ask(path).lower()


def test_the_assignment_is_listed_with_its_points(server, graded):
    listed = json.loads(server.ask("formgrader/api/assignments"))

    found = {entry["name"]: entry for entry in listed}[CHAPTER]
    assert (found["max_score"], found["num_submissions"]) == (69, len(graded[1]))


def submissions(server) -> dict:
    listed = server.ask(f"formgrader/api/submitted_notebooks/{CHAPTER}/{CHAPTER}")
    return {entry["student"]: entry for entry in json.loads(listed)}


def test_a_submission_opens_with_answer_report_and_points(server):
    entry = submissions(server)["cleo_flipped_kernel"]

    page = server.ask(f"formgrader/submissions/{entry['id']}/?index=0")

    assert "The kernel is flipped" in page
    assert "the sense of the mathematics books" in page
    assert not entry["needs_manual_grade"]


def test_autograding_again_from_the_page_gives_the_same_points(server):
    before = submissions(server)["eli_untouched"]["score"]
    answer = server.ask(f"formgrader/api/submission/{CHAPTER}/eli_untouched/autograde", "POST")

    assert json.loads(answer)["success"], answer
    assert submissions(server)["eli_untouched"]["score"] == before
