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
    """The learner's side of sending: small messages go together, since each send wakes the grader.

    Args:
        fd: where to write.
    """

    def __init__(self, fd: int) -> None:
        self._fd = fd
        self._held: list[bytes | memoryview] = []
        self._since = 0.0

    def send(
        self, message: Message, parts: Iterable[memoryview] = (), *, hold_seconds: float = 0.0
    ) -> None:
        """Write a message and all that are held, and wait until they are written.

        Args:
            message: what to say.
            parts: the bytes behind it.
            hold_seconds: how long this and earlier messages may be held; that is looked at when
                the next one comes, and only small ones are held.
        """
        if not self._held:
            self._since = time.monotonic()
        self._held += framed(message, parts)
        size = sum(map(len, self._held))
        if size <= SMALL and time.monotonic() - self._since < hold_seconds:
            return
        pieces = [b"".join(self._held)] if size <= 2 * SMALL else self._held
        self._held = []
        for piece in pieces:
            left = memoryview(piece)
            while left:
                left = left[os.write(self._fd, left) :]


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
