"""Each limit is met by a program that breaks it; nobody gets out, and the next one is graded."""

import platform
import time

import attacks
import pytest
from honest import LIMITS, innocent

SLACK_SECONDS = 20


@pytest.mark.parametrize(("source", "end"), attacks.LIMITS.values(), ids=attacks.LIMITS)
def test_a_broken_limit_costs_the_cell_alone(sandbox, source, end):
    with sandbox.child() as child:
        child.execute("kept = 'still here'")
        start = time.monotonic()

        run = child.execute(source)

        took = time.monotonic() - start
        after = child.execute("kept")
    assert (run.ended or (run.error.name if run.error else "None")) in end.split("|"), run
    assert took < LIMITS.cell_seconds + SLACK_SECONDS
    assert len(run.output) <= 4 * LIMITS.output_characters
    assert len(run.result or "") <= 20_000
    assert after.result == "'still here'"
    assert innocent(sandbox)


@pytest.mark.parametrize("source", attacks.ESCAPES.values(), ids=attacks.ESCAPES)
def test_an_escape_fails(sandbox, source):
    with sandbox.child() as child:
        run = child.execute(attacks.TRY.format(source))

    assert run.output
    assert "ESCAPED" not in run.output
    assert run.ended is None


def test_calls_into_the_kernel_are_refused(child):
    column = ("x86_64", "aarch64").index(platform.machine())
    calls = {name: (numbers[column], *values) for name, (numbers, values) in attacks.RAW.items()}

    run = child.execute(
        "import ctypes\nsyscall = ctypes.CDLL(None).syscall\n"
        f"[name for name, call in {calls}.items() if syscall(*call) != -1]"
    )

    assert run.result == "[]"


def test_an_unknown_system_call_is_refused(child):
    run = child.execute("import ctypes\nctypes.CDLL(None).syscall(9999)")

    assert run.result == "-1"


def test_a_secret_file_cannot_be_read(child, tmp_path):
    secret = tmp_path / "gradebook.db"
    secret.write_text("everybody's points")
    secret.chmod(0o644)
    tmp_path.chmod(0o755)

    run = child.execute(f"open({str(secret)!r}).read()")

    assert run.error.name in ("PermissionError", "FileNotFoundError")


def test_a_secret_in_the_environment_is_not_passed_on(monkeypatch, sandbox):
    monkeypatch.setenv("COURSE_SECRET", "swordfish")

    with type(sandbox)(sandbox.tier, packages=["numpy"]) as fresh, fresh.child() as child:
        run = child.execute("import os\nsorted(os.environ)")

    assert "COURSE_SECRET" not in run.result


def test_submissions_do_not_see_each_others_files(sandbox):
    with (
        sandbox.child({"notes.txt": b"mine"}) as one,
        sandbox.child({"data.txt": b"shared"}) as other,
    ):
        one.execute("import os\nhere = os.getcwd()")
        one.execute("open('made.txt', 'w').write('made')")

        seen = other.execute("import os\nos.listdir('.')").result

        folder = one.execute("here").result
        spied = other.execute(f"open({folder} + '/notes.txt').read()")
        assert one.execute("open('notes.txt').read()").result == "'mine'"
    assert seen == "['data.txt']"
    assert spied.error.name in ("PermissionError", "FileNotFoundError")


def test_submissions_do_not_see_each_others_processes(sandbox):
    with sandbox.child() as one, sandbox.child() as other:
        number = one.execute("import os\nos.getpid()").result

        run = other.execute(f"import os\nos.kill({number}, 0)")

    assert run.error.name == "PermissionError"


def test_what_a_submission_changes_is_gone_for_the_next(sandbox):
    with sandbox.child() as child:
        child.execute(
            "import builtins, numpy as np, random\n"
            "np.add = np.sum = None\nbuiltins.len = lambda x: 7\n"
            "np.random.seed(3)"
        )

    with sandbox.child() as child:
        run = child.execute("import numpy as np\n(len([]), np.sum([1]), np.add(1, 1))")
    assert run.result == "(0, np.int64(1), np.int64(2))"


def test_a_process_that_is_not_used_any_more_is_gone(sandbox):
    child = sandbox.child()
    process = child._running._process
    child.close()

    for _ in range(100):
        ended = sandbox.how_it_ended(process)
        if ended:
            break
        time.sleep(0.05)
    assert ended[0] == -9


@pytest.mark.parametrize(
    "source",
    [
        "os.write(fd, os.urandom(4096))",
        "os.write(fd, b'CNH1' + bytes([255] * 8))",
        "os.write(fd, b'CNH1' + bytes([0, 0, 0, 2, 0, 0, 0, 0]) + b'{}')",
        "os.close(fd)",
        "os.dup2(1, fd)",
    ],
    ids=["noise", "a head too large", "a forged answer", "hanging up", "another file"],
)
def test_a_disturbed_line_ends_the_process_alone(sandbox, source):
    with sandbox.child() as child:
        child.execute("kept = 1")
        loop = "import os\nfor fd in range(3, 64):\n    try:\n        {}\n    except OSError: pass"

        child.execute(loop.format(source))

        assert child.execute("kept").result == "1"
    assert innocent(sandbox)


def test_an_answer_byte_by_byte_does_not_hold_the_grader(sandbox):
    drip = (
        "import os, time\n"
        "while True:\n"
        "    for fd in range(3, 10):\n"
        "        try: os.write(fd, b'C')\n"
        "        except BaseException: pass\n"
        "    time.sleep(0.01)"
    )
    with sandbox.child() as child:
        start = time.monotonic()

        run = child.execute(drip)

        assert time.monotonic() - start < LIMITS.cell_seconds + SLACK_SECONDS
    assert run.ended in ("killed", "died")
    assert innocent(sandbox)
