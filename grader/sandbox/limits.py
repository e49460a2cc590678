"""How much one learner's process may use: time, memory, files, output."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """The limits of one submission.

    Args:
        cell_seconds: for one cell; then it is interrupted, and ended if it goes on.
        call_seconds: for one call of a learner's function.
        check_seconds: for all the calls of one exercise.
        total_seconds: for the whole submission, cells that have to be repeated included.
        cpu_seconds: of processor time, for one process.
        memory_mib: of address space.
        scratch_mib: of files in the working folder, in all.
        scratch_files: how many files and folders it may make there.
        open_files: how many files may be open at once.
        output_characters: what is kept of the output of one cell.
    """

    cell_seconds: float = 30.0
    call_seconds: float = 10.0
    check_seconds: float = 60.0
    total_seconds: float = 600.0
    cpu_seconds: int = 600
    memory_mib: int = 2048
    scratch_mib: int = 16
    scratch_files: int = 500
    open_files: int = 64
    output_characters: int = 65_536
