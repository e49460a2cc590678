"""The commands work from a shell: status, text and JSON."""

import json
import os
import subprocess
import sys
from collections import Counter

import pytest

from grader import from_file, run
from grader.__main__ import main

RIGHT = "def add_bias(x, b):\n    return x + b\n"
WRONG = "def add_bias(x, b):\n    return x - b\n"


@pytest.fixture
def answer(tmp_path):
    """Write an answer to a file."""

    def write(text):
        path = tmp_path / "answer.py"
        path.write_text(text, encoding="utf-8")
        return str(path)

    return write


def test_a_right_answer_ends_with_status_0(answer, capsys):
    assert main(["check", "add_bias", answer(RIGHT)]) == 0
    assert "2 of 2 points" in capsys.readouterr().out


def test_a_wrong_answer_ends_with_status_1_and_the_mistake(answer, capsys):
    assert main(["check", "add_bias", answer(WRONG), "--json"]) == 1

    verdict = json.loads(capsys.readouterr().out)
    assert verdict["mistake"] == "bias_subtracted"
    assert verdict["points"] == 0


def test_an_exercise_is_found_by_its_number(answer):
    assert main(["check", "0.1", answer(RIGHT)]) == 0


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("def add_bias(x, b:\n", ":1: this is not Python"),
        ("import no_such_module\n", "ModuleNotFoundError"),
        ("import sys\nsys.exit(0)\n", "SystemExit: 0 (line 2: `sys.exit(0)`)"),
        ("a = '\0'\n", "not Python"),
        ("a = " + "(" * 9999 + "\n", "not Python"),
        ("while True:\n    print('y' * 999)\n", "printed without end"),
        ("class E(Exception):\n    __str__ = exit\n\nraise E\n", "E: (no text)"),
    ],
)
def test_a_file_that_does_not_run_ends_with_status_2_and_a_sentence(answer, capsys, text, words):
    assert main(["check", "add_bias", answer(text)]) == 2
    assert words in capsys.readouterr().err


def test_a_missing_file_ends_with_status_2(capsys):
    assert main(["check", "add_bias", "nowhere.py"]) == 2
    assert "nowhere.py cannot be read" in capsys.readouterr().err


def test_a_folder_ends_with_status_2(tmp_path, capsys):
    assert main(["check", "add_bias", str(tmp_path)]) == 2
    assert "cannot be read: Is a directory" in capsys.readouterr().err


@pytest.mark.parametrize("text", [b"\x89PNG\r\n\x1a\n\0\xff", b"a = '\xff'\n", b"# coding: no\n"])
def test_a_file_that_is_no_text_ends_with_status_2(tmp_path, capsys, text):
    path = tmp_path / "answer.py"
    path.write_bytes(text)

    assert main(["check", "add_bias", str(path)]) == 2
    assert "this is not Python" in capsys.readouterr().err


def test_line_ends_byte_order_mark_and_encoding_are_those_of_python(tmp_path):
    path = tmp_path / "answer.py"
    coded = f"# coding: latin-1\nname = 'é'\n{RIGHT}".encode("latin-1")

    for content in (RIGHT.replace("\n", "\r\n").encode(), b"\xef\xbb\xbf" + RIGHT.encode(), coded):
        path.write_bytes(content)
        assert main(["check", "add_bias", str(path)]) == 0


def test_a_file_may_define_dataclasses(answer):
    text = "from __future__ import annotations\nfrom dataclasses import dataclass\n"
    text += f"@dataclass\nclass Layer:\n    k: int\n\n{RIGHT}"

    assert main(["check", "add_bias", answer(text)]) == 0


def test_a_file_that_never_ends_is_stopped(answer, capsys, monkeypatch):
    monkeypatch.setattr(from_file, "FILE_SECONDS", 0.2)

    assert main(["check", "add_bias", answer("while True:\n    pass\n")]) == 2
    assert "more than 0.2 seconds" in capsys.readouterr().err


def test_an_answer_that_never_ends_is_stopped(answer, capsys, monkeypatch):
    monkeypatch.setattr(run, "CALL_SECONDS", 0.2)
    text = "def add_bias(x, b):\n    while True:\n        pass\n"

    assert main(["check", "add_bias", answer(text), "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["failure"]["kind"] == "time"


def test_a_file_with_its_check_below_is_judged(answer):
    text = f"{RIGHT}\nfrom grader import check\ncheck('add_bias', add_bias)\n"

    assert main(["check", "add_bias", answer(text)]) == 0


NOISE = """
import atexit, os, subprocess, sys, threading, time

def noise():
    print("print", "\\ud800")
    sys.__stdout__.write("past print")
    os.write(1, b"past Python")
    subprocess.run(["echo", "from a child"])

def last():
    while True:
        time.sleep(0.1)
        os.write(1, b"for ever")

noise()
atexit.register(os.write, 1, b"at exit")
threading.Thread(target=last).start()

def add_bias(x, b):
    noise()
    return x - b
"""


def test_whatever_an_answer_writes_json_stays_json_and_the_process_ends(answer):
    done = subprocess.run(
        [sys.executable, "-m", "grader", "check", "add_bias", answer(NOISE), "--json"],
        capture_output=True,
        text=True,
        timeout=60,
    )

    assert done.returncode == 1
    assert json.loads(done.stdout)["mistake"] == "bias_subtracted"


def test_a_terminal_that_knows_ascii_alone_gets_the_report(answer):
    done = subprocess.run(
        [sys.executable, "-m", "grader", "check", "add_bias", answer(RIGHT)],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONIOENCODING": "ascii"},
    )

    assert done.returncode == 0
    assert "2 of 2 points" in done.stdout


@pytest.mark.parametrize("arguments", [[], ["check"], ["check", "add_bias"], ["what"]])
def test_a_command_that_is_not_complete_ends_with_status_2(arguments, capsys):
    with pytest.raises(SystemExit) as ended:
        main(arguments)

    assert ended.value.code == 2
    assert "usage:" in capsys.readouterr().err


def test_an_unknown_exercise_has_no_hints(capsys):
    assert main(["hint", "conv3d"]) == 2
    assert "there is no exercise 'conv3d'" in capsys.readouterr().err


def test_an_unknown_exercise_ends_with_status_2_and_the_list(answer, capsys):
    assert main(["check", "conv3d", answer(RIGHT)]) == 2
    assert "add_bias" in capsys.readouterr().err


def test_a_file_without_the_function_is_told_its_def_line(answer, capsys):
    assert main(["check", "add_bias", answer("x = 1\n")]) == 1
    assert "def add_bias(x, b):" in capsys.readouterr().out


def test_the_list_names_every_exercise(capsys):
    main(["list", "--json"])
    rows = json.loads(capsys.readouterr().out)
    main(["list"])
    text = capsys.readouterr().out

    assert all(row["slug"] in text for row in rows)
    points = Counter()
    for row in rows:
        points[row["number"].split(".")[0]] += row["points"]
    assert points == {
        "0": 2,
        "1": 65,
        "2": 36,
        "3": 40,
        "4": 41,
        "5": 26,
        "6": 30,
        "7": 45,
        "8": 72,
    }
    assert sum(row["bonus"] for row in rows) == 4


def test_help_names_the_commands():
    done = subprocess.run(
        [sys.executable, "-m", "grader", "--help"], capture_output=True, text=True, check=True
    )

    assert all(command in done.stdout for command in ("check", "list", "hint"))
