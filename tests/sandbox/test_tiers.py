"""Each tier works wherever it can be built, or refuses with the reason and what to do."""

import gc
import json
import os
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import pytest
import surroundings
from tiers import TIERS

from grader.sandbox import Limits, Refused, Sandbox, warm
from grader.sandbox.self_test import NEEDED

SCRIPT = Path(__file__).with_name("try_tiers.py")
BOTH = ("full", "light")


def tried(change=None, *, python=sys.executable, folder=surroundings.ROOT, tiers=BOTH):
    """What came of each tier in other surroundings."""
    done = subprocess.run(
        [python, str(SCRIPT), *tiers],
        preexec_fn=change,
        cwd=folder,
        env={"PATH": "/usr/bin:/bin", "PYTHONPATH": str(surroundings.ROOT), "HOME": "/nowhere"},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize("tier", BOTH)
def test_a_tier_works_here_or_says_why_not(tier):
    outcome = tried(tiers=[tier])[tier]

    assert outcome == "right" or (tier not in TIERS and "Grade with" in outcome)


def test_both_tiers_work_for_an_ordinary_user():
    assert tried(surroundings.as_ordinary_user) == dict.fromkeys(BOTH, "right")


CONTAINERS = [
    surroundings.in_a_container_without_nesting,
    surroundings.in_a_container_with_a_filter,
    surroundings.ordinary_in_a_container,
]


@pytest.mark.parametrize("container", CONTAINERS, ids=lambda change: change.__name__)
def test_in_a_container_without_rights_light_works_and_full_says_why_not(container):
    outcomes = tried(container)

    assert outcomes["light"] == "right"
    assert outcomes["full"].startswith("refused: the sandbox `full`: new namespaces: ")
    assert "Grade with the tier `light`" in outcomes["full"]


@pytest.mark.parametrize("place", ["/root/course", "/home/teacher/my course", "/tmp/course"])
def test_the_repository_and_its_python_may_lie_anywhere(place):
    python = sys.executable.replace(str(surroundings.ROOT), place)

    outcomes = tried(partial(surroundings.moved_to, place), python=python)

    assert outcomes == dict.fromkeys(BOTH, "right")


def test_the_repository_may_be_reached_through_links(tmp_path):
    (tmp_path / "there").symlink_to(surroundings.ROOT)
    link = tmp_path / "link"
    link.symlink_to("there")
    python = sys.executable.replace(str(surroundings.ROOT), str(link))

    assert tried(python=python, folder=link) == dict.fromkeys(BOTH, "right")


def test_without_landlock_both_tiers_refuse():
    outcomes = tried(surroundings.without_landlock)

    for tier in BOTH:
        assert outcomes[tier].startswith(f"refused: the sandbox `{tier}`: ")
        assert "Landlock (needs Linux 5.13 with Landlock switched on)" in outcomes[tier]


def test_trusted_code_needs_no_walls_but_a_word():
    with pytest.raises(Refused, match="trusted=True"):
        Sandbox("none")

    with Sandbox("none", trusted=True, packages=["numpy"]) as sandbox, sandbox.child() as child:
        assert child.execute("import os\nos.path.exists('/etc/passwd')").result == "True"
        assert child.walls == ()


def test_an_unknown_tier_is_refused():
    with pytest.raises(Refused, match="there are: full, light, none"):
        Sandbox("strict")


@pytest.mark.parametrize("tier", BOTH)
def test_another_system_refuses_with_the_ways_out(monkeypatch, tier):
    monkeypatch.setattr(sys, "platform", "darwin")

    with pytest.raises(Refused, match="Linux container or a virtual machine"):
        Sandbox(tier)


def test_a_package_that_is_not_installed_is_refused(sandbox):
    with pytest.raises(Refused, match="no_such_package is not installed"):
        Sandbox(sandbox.tier, packages=["no_such_package"])


def test_all_walls_of_the_tier_stand(sandbox, child):
    assert NEEDED[sandbox.tier] <= set(child.walls)


# Each of these walls alone keeps something out; without it, the self-test gets there.
ALONE = {
    "full": ("seccomp.enforce", "privileges.limit_resources"),
    "light": ("seccomp.enforce", "privileges.limit_resources", "landlock.Ruleset.enforce"),
}


@pytest.mark.parametrize(("tier", "wall"), [(tier, wall) for tier in TIERS for wall in ALONE[tier]])
def test_a_wall_that_does_not_hold_is_found_out(monkeypatch, tmp_path, tier, wall):
    module, _, name = wall.partition(".")
    zygote = warm.ZYGOTE.read_text()
    place = f"HERE = Path({str(warm.ZYGOTE.parent)!r})"
    without = f"    import grader.sandbox.{module} as m\n    m.{name} = lambda *_: None\n"
    script = tmp_path / "zygote.py"
    script.write_text(
        zygote.replace("HERE = Path(__file__).parent", place).replace(
            "    walls = Walls(", without + "    walls = Walls("
        )
    )
    monkeypatch.setattr(warm, "ZYGOTE", script)

    with pytest.raises(Refused, match="do not hold on this machine.*Nothing was graded"):
        Sandbox(tier, packages=["numpy"])


def test_a_killed_grader_leaves_no_process_behind(sandbox):
    source = (
        "import sys, time\nfrom grader.sandbox import Sandbox\n"
        f"sandbox = Sandbox({sandbox.tier!r}, packages=['numpy'])\n"
        "child = sandbox.child()\n"
        "sys.stdout.write(str(sandbox.session)); sys.stdout.flush(); time.sleep(600)"
    )
    grader = subprocess.Popen(
        [sys.executable, "-c", source], stdout=subprocess.PIPE, cwd=surroundings.ROOT
    )
    with grader:
        group = int(grader.stdout.read1())

        grader.send_signal(signal.SIGKILL)

    for _ in range(200):
        if not alive(group):
            break
        time.sleep(0.05)
    assert not alive(group)


def alive(session):
    """The processes of a session that run."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[3]) == session and fields[0] != "Z":
            found.append(folder.name)
    return found


def test_many_children_leave_nothing_behind(sandbox):
    with Sandbox(sandbox.tier, limits=Limits(memory_mib=1024), packages=["numpy"]) as fresh:
        gc.collect()  # what other tests have left open
        files = len(os.listdir("/proc/self/fd"))
        for _ in range(30):
            with fresh.child() as child:
                assert child.execute("1").result == "1"

        assert len(os.listdir("/proc/self/fd")) <= files
        end = time.monotonic() + 20
        while len(alive(fresh.session)) > 2:  # the warm process, and the first of its namespace
            assert time.monotonic() < end
            time.sleep(0.05)
