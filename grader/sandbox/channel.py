"""The grader's end of the line to one learner's process; no wait on it is without a deadline."""

from __future__ import annotations

import os
import secrets
import select
import socket
import time
from collections.abc import Iterable

from grader.sandbox.errors import Ended, TimeUp, WireError
from grader.sandbox.frames import HEAD, Message, framed, parsed, sizes

CHUNK = 1 << 18


def open_channel(most_output: int) -> tuple[Channel, list[int]]:
    """A channel, and the files at its other end: the line, the bell, and where to print.

    Args:
        most_output: as for `Channel`.
    """
    line, there = socket.socketpair()
    bell, ring = os.pipe()
    output, printed = os.pipe()
    return Channel(line, bell, output, most_output), [there.detach(), ring, printed]


class Channel:
    """A socket for messages, a pipe that says there are some, and one for what is printed.

    Args:
        line: the socket; it belongs to this object from now on.
        bell: the reading end of a pipe; likewise. Nobody waits on the line itself before a
            message, so that its sender need not wake the grader for each.
        output: the reading end of the pipe for what is printed; likewise.
        most_output: how many bytes of output to keep at once. Whoever writes more than twice
            that gets the pipe closed.
    """

    def __init__(self, line: socket.socket, bell: int, output: int, most_output: int) -> None:
        self._line, self._bell, self._output = line, bell, output
        self._most = most_output
        self._incoming = bytearray()
        self._printed = bytearray()
        self._turn = 0
        line.setblocking(False)
        os.set_blocking(bell, False)
        os.set_blocking(output, False)

    def ask(
        self, message: Message, parts: Iterable[memoryview] = (), *, deadline: float
    ) -> tuple[Message, bytes]:
        """Send a request and wait for the answer to it.

        Raises:
            TimeUp: the deadline, by `time.monotonic`, has passed; `answer` may still wait on.
            Ended: the process is gone, or has sent what is no answer.
        """
        # The answer repeats a number that could not be known before: no answer comes early.
        self._turn = secrets.randbits(48)
        for piece in framed(message | {"turn": self._turn}, parts):
            self._send(memoryview(piece), deadline)
        return self.answer(deadline)

    def answer(self, deadline: float) -> tuple[Message, bytes]:
        """Wait for an answer to the last request, which may have several; raises as `ask` does."""
        message, blob = self.receive(deadline)
        if message.get("turn") != self._turn:
            raise Ended("it has sent an answer without a question")
        return message, blob

    def receive(self, deadline: float) -> tuple[Message, bytes]:
        """Wait for one message; raises as `ask` does."""
        try:
            self._wait_for(HEAD.size, deadline)
            text, blob = sizes(self._incoming)
            end = HEAD.size + text + blob
            self._wait_for(end, deadline)
            message = parsed(self._incoming[HEAD.size : HEAD.size + text])
            data = bytes(self._incoming[HEAD.size + text : end])
            del self._incoming[:end]
        except WireError as error:
            raise Ended(f"it has sent bytes that are no message: {error}") from error
        return message, data

    def take_output(self) -> str:
        """What was printed since the last time, cut to the limit."""
        while self._output >= 0 and self._drain():
            pass
        text = bytes(self._printed[: self._most]).decode("utf-8", "replace")
        self._printed.clear()
        return text

    def close(self) -> None:
        """Hang up."""
        self._line.close()
        self._close_bell()
        self._close_output()

    def _wait_for(self, size: int, deadline: float) -> None:
        """Take in so many bytes at least; room is made only as they arrive."""
        while len(self._incoming) < size:
            try:
                data = self._line.recv(CHUNK)
            except BlockingIOError:
                if self._incoming:
                    self._wait(self._line.fileno(), select.POLLIN, deadline)
                else:
                    self._wait_for_bell(deadline)
                continue
            except OSError as error:
                raise Ended("it is gone") from error
            if not data:
                raise Ended("it is gone")
            self._incoming += data
            if time.monotonic() > deadline:
                raise TimeUp

    def _send(self, left: memoryview, deadline: float) -> None:
        while left:
            try:
                left = left[self._line.send(left) :]
            except BlockingIOError:
                self._wait(self._line.fileno(), select.POLLOUT, deadline)
            except OSError as error:
                raise Ended("it is gone") from error

    def _wait_for_bell(self, deadline: float) -> None:
        """Wait until it rings; when its other end is closed, all that was sent is here."""
        if self._bell < 0:
            raise Ended("it is gone")
        self._wait(self._bell, select.POLLIN, deadline)
        if not os.read(self._bell, CHUNK):
            self._close_bell()

    def _wait(self, file: int, event: int, deadline: float) -> None:
        """Wait until a file is ready; meanwhile take in what is printed."""
        while True:
            seconds = deadline - time.monotonic()
            if seconds <= 0:
                raise TimeUp
            poll = select.poll()
            poll.register(file, event)
            if self._output >= 0:
                poll.register(self._output, select.POLLIN)
            ready = [fd for fd, _ in poll.poll(seconds * 1000)]
            if self._output in ready:
                self._drain()
            if file in ready:
                return

    def _drain(self) -> bool:
        """Take in some output; whether there may be more."""
        try:
            data = os.read(self._output, CHUNK)
        except BlockingIOError:
            return False
        self._printed += data
        if not data or len(self._printed) > 2 * self._most:
            self._close_output()
        return bool(data)

    def _close_bell(self) -> None:
        if self._bell >= 0:
            os.close(self._bell)
            self._bell = -1

    def _close_output(self) -> None:
        if self._output >= 0:
            os.close(self._output)
            self._output = -1
