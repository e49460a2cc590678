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


class Channel:
    """A socket for messages, and a pipe for what the process prints.

    Args:
        line: the socket; it belongs to this object from now on.
        output: the reading end of the pipe; likewise.
        most_output: how many bytes of output to keep at once. Whoever writes more than twice
            that gets the pipe closed.
    """

    def __init__(self, line: socket.socket, output: int, most_output: int) -> None:
        self._line, self._output, self._most = line, output, most_output
        self._incoming = bytearray()
        self._printed = bytearray()
        self._turn = 0
        line.setblocking(False)
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
        self._close_output()

    def _wait_for(self, size: int, deadline: float) -> None:
        """Take in so many bytes at least; room is made only as they arrive."""
        while len(self._incoming) < size:
            try:
                data = self._line.recv(CHUNK)
            except BlockingIOError:
                self._wait(select.POLLIN, deadline)
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
                self._wait(select.POLLOUT, deadline)
            except OSError as error:
                raise Ended("it is gone") from error

    def _wait(self, event: int, deadline: float) -> None:
        """Wait until the line is ready; meanwhile take in what is printed."""
        while True:
            seconds = deadline - time.monotonic()
            if seconds <= 0:
                raise TimeUp
            poll = select.poll()
            poll.register(self._line, event)
            if self._output >= 0:
                poll.register(self._output, select.POLLIN)
            ready = [fd for fd, _ in poll.poll(seconds * 1000)]
            if self._output in ready:
                self._drain()
            if self._line.fileno() in ready:
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

    def _close_output(self) -> None:
        if self._output >= 0:
            os.close(self._output)
            self._output = -1
