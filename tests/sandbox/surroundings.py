"""Places and users to run Python in: another folder, an ordinary user, a container."""

import ctypes
import errno
import os
import struct
import sys
from pathlib import Path

from grader.sandbox import linux
from grader.sandbox.private_root import MS_BIND, MS_PRIVATE, MS_REC
from grader.sandbox.seccomp import ALLOW, JUMP_EQUAL, LOAD, NUMBER, RETURN, SET_MODE_FILTER, _step

ORDINARY = 12345
ROOT = Path(__file__).parents[2]
PREFIXES = (Path(sys.base_prefix), Path(sys.prefix), ROOT)

# The calls that a container's own filter forbids: x86-64, aarch64.
NAMESPACES = {
    "unshare": (272, 97),
    "setns": (308, 268),
    "mount": (165, 40),
    "pivot_root": (155, 41),
}


def own_mounts():
    """Have mounts of our own; as an ordinary user, be root of them."""
    if os.geteuid() == 0:
        linux.unshare(linux.CLONE_NEWNS)
    else:
        become_root_of_nothing()
    linux.mount(None, "/", flags=MS_REC | MS_PRIVATE)


def become_root_of_nothing():
    """Be root in a user namespace that has no other user, as in a container without rights."""
    user, group = os.geteuid(), os.getegid()
    linux.unshare(linux.CLONE_NEWUSER | linux.CLONE_NEWNS)
    Path("/proc/self/setgroups").write_text("deny")
    Path("/proc/self/uid_map").write_text(f"0 {user} 1")
    Path("/proc/self/gid_map").write_text(f"0 {group} 1")


def moved_to(folder):
    """Show the repository, with its Python, in another folder; and go there."""
    own_mounts()
    top = Path("/", Path(folder).parts[1])
    mounted = [path for path in PREFIXES if path.is_relative_to(top)]
    held = {path: os.open(path, os.O_PATH) for path in {ROOT, *mounted}}
    if top != Path("/tmp"):
        linux.mount("tmpfs", str(top), "tmpfs", options="mode=700")
    for path in mounted:
        bind(held[path], path)
    bind(held[ROOT], Path(folder))
    os.chdir(folder)


def let_everybody_in():
    """Let every user reach Python and the repository, even below a folder such as /root."""
    closed = {top for path in PREFIXES for top in path.parents if not top.stat().st_mode & 1}
    for top in sorted(closed)[:1]:
        below = [path for path in PREFIXES if path.is_relative_to(top)]
        held = {path: os.open(path, os.O_PATH) for path in below}
        linux.mount("tmpfs", str(top), "tmpfs", options="mode=755")
        for path in below:
            bind(held[path], path)


def as_ordinary_user():
    """Be a user that has no rights at all."""
    if os.geteuid() != 0:
        return
    own_mounts()
    let_everybody_in()
    os.setgroups([])
    os.setresgid(ORDINARY, ORDINARY, ORDINARY)
    os.setresuid(ORDINARY, ORDINARY, ORDINARY)


def in_a_container_without_nesting():
    """Be root of a user namespace in which there can be no further ones."""
    become_root_of_nothing()
    Path("/proc/sys/user/max_user_namespaces").write_text("0")


def in_a_container_with_a_filter():
    """Be a root that is not allowed to make namespaces and mounts."""
    column = ("x86_64", "aarch64").index(linux.machine())
    _forbid([numbers[column] for numbers in NAMESPACES.values()], errno.EPERM)


def without_landlock():
    """Be on a kernel that does not know Landlock."""
    _forbid([linux.LANDLOCK_CREATE_RULESET], errno.ENOSYS)


def _forbid(calls, error):
    """Have some system calls fail."""
    code = _step(LOAD, NUMBER)
    for number in calls:
        code += _step(JUMP_EQUAL, number, 0, 1) + _step(RETURN, 0x00050000 | error)
    code += _step(RETURN, ALLOW)
    memory = ctypes.create_string_buffer(code, len(code))
    described = struct.pack("HxxxxxxQ", len(code) // 8, ctypes.addressof(memory))
    linux.prctl(linux.PR_SET_NO_NEW_PRIVS, 1, what="no new privileges")
    number = linux.NUMBERS[linux.machine()]["seccomp"]
    linux.syscall(number, SET_MODE_FILTER, 0, described, what="seccomp")


def ordinary_in_a_container():
    """Be an ordinary user where nobody may make namespaces."""
    as_ordinary_user()
    in_a_container_with_a_filter()


def bind(file, place):
    """Show what an open file stands for at a place."""
    place.mkdir(parents=True, exist_ok=True)
    linux.mount(f"/proc/self/fd/{file}", str(place), flags=MS_BIND | MS_REC)
