"""The walls around a learner's process: which there are in each tier, and in what order.

`full`: own processes, network, mounts and a private root; then everything of `light`.
`light`: Landlock, no capabilities, limits, few system calls; for containers without namespaces.
`none`: no walls at all, for code that the teacher trusts.
"""

from __future__ import annotations

import os
from pathlib import Path

from grader.sandbox import linux, namespaces, private_root, privileges, seccomp
from grader.sandbox.landlock import Ruleset
from grader.sandbox.limits import Limits

TIERS = ("full", "light", "none")
WRITABLE_DEVICE = "/dev/null"
READABLE_DEVICES = ("/dev/zero", "/dev/urandom")


class Walls:
    """Walls in two steps: once around the zygote, then around each child before it is used.

    Args:
        tier: `full`, `light` or `none`.
        visible: names of files and folders that may be read, and what they stand for.
        hidden: folders inside visible ones that may not.
    """

    def __init__(self, tier: str, visible: dict[str, str], hidden: list[str]) -> None:
        self.tier = tier
        self._visible, self._hidden = visible, hidden
        self._own_processes = -1
        self._shared_rules: Ruleset | None = None
        # Asked now, since a child cannot see enough of the system any more.
        self._leaves_its_user = privileges.may_become_nobody() and (
            tier == "full" or all(map(_open_to_all, visible))
        )

    @property
    def open_files(self) -> list[int]:
        """The open files that a child still needs until it is confined."""
        return [self._shared_rules.file] if self._shared_rules else []

    def surround(self) -> None:
        """Build what all children share; afterwards this is another process than before."""
        if self.tier == "light":
            self._shared_rules = self._rules("")
        if self.tier != "full":
            return
        self._own_processes = namespaces.enter()
        private_root.enter(self._visible, self._hidden)

    def fork(self) -> int:
        """Fork a child; `os.fork`, in a process namespace of the child's own if there are any."""
        if self.tier != "full":
            return os.fork()
        return namespaces.fork_apart(self._own_processes)

    def confine(self, limits: Limits, files: dict[str, bytes], folder: str) -> list[str]:
        """Confine this child for good.

        Args:
            limits: what it may use.
            files: to be found in its working folder.
            folder: the working folder where there is no private one, if there are files in it.

        Returns:
            The names of the walls that now stand.
        """
        parent = os.getppid()
        if self.tier == "none":
            os.chdir(folder)
            return []
        walls = self._private_scratch(limits, files) if self.tier == "full" else []
        rules = self._shared_rules if self.tier == "light" and not folder else self._rules(folder)
        if self._leaves_its_user:
            privileges.become_nobody()
            walls.append("user")
        if self.tier == "light":
            os.chdir(folder or "/")
        privileges.end_with_parent(parent)
        privileges.limit_resources(limits)
        privileges.drop_capabilities()
        rules.enforce()
        seccomp.enforce()
        return [*walls, "limits", "capabilities", "landlock", "seccomp"]

    def _private_scratch(self, limits: Limits, files: dict[str, bytes]) -> list[str]:
        linux.unshare(linux.CLONE_NEWNS)
        private_root.mount_scratch(limits.scratch_mib, limits.scratch_files)
        for name, content in files.items():
            path = Path(private_root.SCRATCH, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        return ["processes", "network", "private root"]

    def _rules(self, folder: str) -> Ruleset:
        rules = Ruleset()
        rules.allow_writing(WRITABLE_DEVICE)
        if self.tier == "full":
            rules.allow_reading(["/"])
            rules.allow_writing(private_root.SCRATCH)
            return rules
        rules.allow_reading([*READABLE_DEVICES, *([folder] if folder else [])])
        for path in self._visible:
            self._allow_part(rules, path)
        return rules

    def _allow_part(self, rules: Ruleset, path: str) -> None:
        """Allow a folder without what is hidden in it; Landlock cannot take a part out again."""
        if not any(Path(path) in Path(hidden).parents for hidden in self._hidden):
            rules.allow_reading([path])
            return
        rules.allow_listing(path)
        for part in sorted(map(str, Path(path).iterdir())):
            if part not in self._hidden:
                self._allow_part(rules, part)


def _open_to_all(path: str) -> bool:
    """Whether every user may go into all folders on the way to a path."""
    others_may_enter = 0o001
    return all(folder.stat().st_mode & others_may_enter for folder in Path(path).parents)
