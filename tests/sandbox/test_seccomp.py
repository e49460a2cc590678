"""The filter of system calls does what its table says, on both kinds of processor."""

import struct

import pytest

from grader.sandbox.seccomp import ALLOW, ARCHITECTURES, FORBID, KILL, UNKNOWN, program
from grader.sandbox.syscalls import ALLOWED, CLONE3, ONLY

LOAD, EQUAL, AT_LEAST, RETURN = 0x20, 0x15, 0x35, 0x06
MACHINES = sorted(ALLOWED)


def answer(code, call, *arguments, machine):
    """What the kernel would do: it runs the filter over the call's description."""
    padded = (*arguments, *(0,) * (6 - len(arguments)))
    data = struct.pack("<IIQ6Q", call, machine, 0, *padded)
    steps = [struct.unpack_from("HBBI", code, place) for place in range(0, len(code), 8)]
    place, loaded = 0, None
    while True:
        kind, if_true, if_false, value = steps[place]
        place += 1
        if kind == RETURN:
            return value
        if kind == LOAD:
            (loaded,) = struct.unpack_from("<I", data, value)
        else:
            holds = loaded == value if kind == EQUAL else loaded >= value
            place += if_true if holds else if_false


@pytest.fixture(params=MACHINES)
def ask(request):
    """Asks the filter of one machine; calls are named as in its table, or numbers."""
    code = program(request.param)

    def asked(call, *arguments, machine=ARCHITECTURES[request.param]):
        number = ALLOWED[request.param].get(call, call)
        return answer(code, number, *arguments, machine=machine)

    return asked


@pytest.mark.parametrize("machine", MACHINES)
def test_every_call_of_the_table_is_allowed_and_every_other_forbidden(machine):
    code, table = program(machine), ALLOWED[machine]

    answers = {n: answer(code, n, machine=ARCHITECTURES[machine]) for n in range(600)}

    # What depends on arguments: `ioctl` allows nothing that is 0.
    allowed = set(table.values()) - {table["ioctl"]}
    assert {call for call, verdict in answers.items() if verdict == ALLOW} == allowed
    assert {call for call, verdict in answers.items() if verdict == UNKNOWN} == {CLONE3}
    assert set(answers.values()) == {ALLOW, FORBID, UNKNOWN}


@pytest.mark.parametrize("machine", MACHINES)
def test_dangerous_calls_are_in_no_table(machine):
    dangerous = {"clone", "fork", "vfork", "execve", "execveat", "socket", "connect", "kill"}
    dangerous |= {"tgkill", "ptrace", "mount", "unshare", "setns", "bpf", "prctl", "seccomp"}

    assert not dangerous & ALLOWED[machine].keys()


def test_another_machine_or_way_to_call_ends_the_process(ask):
    assert ask("read", machine=0x40000003) == KILL


def test_the_second_way_to_call_on_x86_ends_the_process():
    code = program("x86_64")

    assert answer(code, 0x40000000, machine=ARCHITECTURES["x86_64"]) == KILL


@pytest.mark.parametrize("call", ONLY)
def test_some_calls_only_do_what_is_listed(ask, call):
    assert [ask(call, 1, value) for value in ONLY[call][1]] == [ALLOW] * len(ONLY[call][1])
    assert [ask(call, 1, value) for value in (8, 10, 0x5412, 0x5422)] == [FORBID] * 4


def test_limits_can_be_read_and_not_set(ask):
    assert ask("prlimit64", 0, 7, 0, 99) == ALLOW
    assert ask("prlimit64", 0, 7, 99, 0) == FORBID
    assert ask("prlimit64", 0, 7, 99 << 32, 0) == FORBID
    assert ask("prlimit64", 17, 7, 0, 99) == FORBID


def test_the_tables_agree_with_each_other():
    assert ALLOWED["aarch64"].keys() <= ALLOWED["x86_64"].keys()
    for table in ALLOWED.values():
        assert len(set(table.values())) == len(table)
