"""seccomp: from here on, the kernel answers only the system calls on a list.

Source: Linux, Documentation/userspace-api/seccomp_filter.rst
"""

from __future__ import annotations

import ctypes
import errno
import struct

from grader.sandbox.linux import NUMBERS, PR_SET_NO_NEW_PRIVS, machine, prctl, syscall
from grader.sandbox.syscalls import ALLOWED, CLONE3, ONLY

ARCHITECTURES = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
X32_CALLS = 0x40000000  # numbers of a second, older way to call the kernel on x86-64
SET_MODE_FILTER = 1

ALLOW, KILL = 0x7FFF0000, 0x80000000
FORBID, UNKNOWN = 0x00050000 | errno.EPERM, 0x00050000 | errno.ENOSYS
# Where the kernel puts a call's number, its machine, and the halves of its arguments.
NUMBER, MACHINE, ARGUMENTS = 0, 4, 16
LOAD, JUMP_EQUAL, JUMP_AT_LEAST, RETURN = 0x20, 0x15, 0x35, 0x06


def enforce() -> None:
    """Hold this process to the list."""
    code = program(machine())
    memory = ctypes.create_string_buffer(code, len(code))
    described = struct.pack("HxxxxxxQ", len(code) // 8, ctypes.addressof(memory))
    prctl(PR_SET_NO_NEW_PRIVS, 1, what="no new privileges")
    syscall(NUMBERS[machine()]["seccomp"], SET_MODE_FILTER, 0, described, what="seccomp")


def program(name: str) -> bytes:
    """The filter for a machine, in the kernel's small language of jumps."""
    numbers = ALLOWED[name]
    code = [_step(LOAD, MACHINE), _step(JUMP_EQUAL, ARCHITECTURES[name], 1, 0), _step(RETURN, KILL)]
    code += [_step(LOAD, NUMBER)]
    if name == "x86_64":
        code += [_step(JUMP_AT_LEAST, X32_CALLS, 0, 1), _step(RETURN, KILL)]
    code += _if_call(CLONE3, [_step(RETURN, UNKNOWN)])
    code += _if_call(numbers["prlimit64"], _only_own_and_reading())
    for call, (argument, values) in ONLY.items():
        code += _if_call(numbers[call], _only(argument, values))
    for call in sorted(numbers.keys() - ONLY.keys() - {"prlimit64"}):
        code += _if_call(numbers[call], [_step(RETURN, ALLOW)])
    return b"".join([*code, _step(RETURN, FORBID)])


def _step(code: int, value: int, if_true: int = 0, if_false: int = 0) -> bytes:
    """One instruction; a jump skips so many instructions."""
    return struct.pack("HBBI", code, if_true, if_false, value)


def _if_call(number: int, then: list[bytes]) -> list[bytes]:
    """Instructions for one call; they end with a return, so what follows is for other calls."""
    return [_step(JUMP_EQUAL, number, 0, len(then)), *then]


def _only(argument: int, values: tuple[int, ...]) -> list[bytes]:
    """Allow a call if the lower half of an argument, all that is used of it, has such a value."""
    code = [_step(LOAD, ARGUMENTS + 8 * argument)]
    for value in values:
        code += [_step(JUMP_EQUAL, value, 0, 1), _step(RETURN, ALLOW)]
    return [*code, _step(RETURN, FORBID)]


def _only_own_and_reading() -> list[bytes]:
    """Allow `prlimit64` for this process (0) and without new limits (a null pointer)."""
    code = []
    for half in (ARGUMENTS, ARGUMENTS + 16, ARGUMENTS + 20):
        code += [_step(LOAD, half), _step(JUMP_EQUAL, 0, 1, 0), _step(RETURN, FORBID)]
    return [*code, _step(RETURN, ALLOW)]
