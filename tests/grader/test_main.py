"""The commands work from a shell: status, text and JSON."""

import json
import subprocess
import sys

import pytest

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
        ("raise SystemExit(0)\n", "SystemExit"),
        ("a = '\0'\n", "not Python"),
    ],
)
def test_a_file_that_does_not_run_ends_with_status_2_and_a_sentence(answer, capsys, text, words):
    assert main(["check", "add_bias", answer(text)]) == 2
    assert words in capsys.readouterr().err


def test_a_missing_file_ends_with_status_2(capsys):
    assert main(["check", "add_bias", "nowhere.py"]) == 2
    assert "nowhere.py cannot be read" in capsys.readouterr().err


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
    assert sum(row["points"] for row in rows) == 2 + 65
    assert sum(row["bonus"] for row in rows) == 4


def test_help_names_the_commands():
    done = subprocess.run(
        [sys.executable, "-m", "grader", "--help"], capture_output=True, text=True, check=True
    )

    assert all(command in done.stdout for command in ("check", "list", "hint"))
