"""A message is a frame: a short head with two sizes, a JSON object, and raw bytes behind it."""

from __future__ import annotations

import json
import os
import struct
import time
from collections.abc import Iterable
from typing import Any

from grader.sandbox.errors import WireError
from grader.sandbox.values import MOST_BYTES

HEAD = struct.Struct(">4sII")
MAGIC = b"CNH1"
MOST_JSON = 4 << 20
SMALL = 1 << 16
MOST_UNHEARD = 50

Message = dict[str, Any]


def framed(message: Message, parts: Iterable[memoryview] = ()) -> list[bytes | memoryview]:
    """The pieces to write for a message.

    Raises:
        WireError: it is too long.
    """
    parts = list(parts)
    text = json.dumps(message, separators=(",", ":")).encode()
    size = sum(len(part) for part in parts)
    if len(text) > MOST_JSON or size > MOST_BYTES:
        raise WireError("a message is too long to be sent")
    return [HEAD.pack(MAGIC, len(text), size) + text, *parts]


def sizes(head: bytes | bytearray) -> tuple[int, int]:
    """The lengths of the JSON and of the bytes behind it, before anything is made room for.

    Raises:
        WireError: this is no head, or says more than a message may have.
    """
    magic, text, blob = HEAD.unpack_from(head)
    if magic != MAGIC or text > MOST_JSON or blob > MOST_BYTES:
        raise WireError("not the head of a message")
    return text, blob


def parsed(text: bytes | bytearray) -> Message:
    """The JSON object of a message.

    Raises:
        WireError: it is none.
    """
    try:
        message = json.loads(text.decode())
    except (ValueError, RecursionError) as error:
        raise WireError(f"not JSON: {type(error).__name__}") from error
    if type(message) is not dict:
        raise WireError("not a JSON object")
    return message


class Sender:
    """The learner's side of sending; the grader comes to read when a bell rings.

    To be woken costs the grader more than to read, so it is not woken for each small message.

    Args:
        fd: where to write.
        bell: where to write in order to ring.
    """

    def __init__(self, fd: int, bell: int) -> None:
        self._fd, self._bell = fd, bell
        self._unheard: list[int] = []
        self._since = 0.0

    def send(
        self, message: Message, parts: Iterable[memoryview] = (), *, quiet_seconds: float = 0.0
    ) -> None:
        """Write a message and wait until it is written.

        Args:
            message: what to say.
            parts: the bytes behind it.
            quiet_seconds: how long it may lie there unheard; that is looked at when the next
                one comes. A message that ends an answer must not.
        """
        if not self._unheard:
            self._since = time.monotonic()
        pieces = framed(message, parts)
        self._unheard.append(sum(map(len, pieces)))
        # More than this may not fit into the line before the grader reads.
        much = sum(self._unheard) > SMALL or len(self._unheard) >= MOST_UNHEARD
        for piece in pieces if self._unheard[-1] > SMALL else [b"".join(pieces)]:
            for start in range(0, len(piece), SMALL):
                self._write(memoryview(piece)[start : start + SMALL])
                if much:
                    self._ring()
        if much or time.monotonic() - self._since >= quiet_seconds:
            self._ring()
            self._unheard.clear()

    def _write(self, left: memoryview) -> None:
        while left:
            left = left[os.write(self._fd, left) :]

    def _ring(self) -> None:
        os.write(self._bell, b".")


def receive(fd: int) -> tuple[Message, bytes] | None:
    """Wait for a message, on the learner's side; None when the grader has closed the line."""
    head = _read(fd, HEAD.size)
    if len(head) < HEAD.size:
        return None
    text, blob = sizes(head)
    return parsed(_read(fd, text)), _read(fd, blob)


def _read(fd: int, size: int) -> bytes:
    pieces = []
    while size and (piece := os.read(fd, min(size, 1 << 20))):
        pieces.append(piece)
        size -= len(piece)
    return b"".join(pieces)
