"""Whatever bytes a learner's process sends, the grader neither crashes nor hangs nor fills up."""

import os
import socket
import threading
import time
import tracemalloc

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.sandbox.channel import open_channel
from grader.sandbox.errors import Ended, TimeUp, WireError
from grader.sandbox.frames import HEAD, MAGIC, SMALL, Sender, framed, parsed
from grader.sandbox.values import MOST_BYTES, Packed

MANY = settings(max_examples=100, deadline=None, derandomize=True, database=None)


@pytest.fixture
def line():
    """The grader's end of a line, and the raw ends of a learner's process."""
    channel, (there, bell, printed) = open_channel(1000)
    os.write(bell, b".")
    with socket.socket(fileno=there) as theirs:
        yield channel, theirs, printed
    channel.close()
    os.close(bell)
    os.close(printed)


def receive(data, seconds=5.0):
    """What a channel makes of some bytes and then silence: how it ends, and how much it holds."""
    channel, (there, bell, printed) = open_channel(1000)
    os.close(bell)
    with socket.socket(fileno=there) as line:
        line.sendall(data)
        line.shutdown(socket.SHUT_WR)
        try:
            return channel.receive(time.monotonic() + seconds)
        except (Ended, TimeUp) as error:
            return type(error)
        finally:
            channel.close()
            os.close(printed)


@MANY
@given(st.binary(max_size=300))
def test_noise_ends_the_line(noise):
    assert receive(noise) in (Ended, TimeUp)


@MANY
@given(st.binary(max_size=100), st.binary(max_size=100))
def test_a_frame_of_noise_is_a_message_or_ends_the_line(text, blob):
    received = receive(HEAD.pack(MAGIC, len(text), len(blob)) + text + blob)

    assert received is Ended or type(received[0]) is dict


@MANY
@given(st.data())
def test_a_damaged_frame_is_a_message_or_ends_the_line(data):
    packed = Packed()
    tree = packed.pack((np.arange(6.0), [1, "x"]))
    frame = bytearray(b"".join(framed({"first": {"value": tree}, "turn": 5}, packed.parts)))
    for _ in range(data.draw(st.integers(1, 4))):
        frame[data.draw(st.integers(0, len(frame) - 1))] = data.draw(st.integers(0, 255))

    received = receive(bytes(frame))

    assert received is Ended or type(received[0]) is dict


def test_no_room_is_made_for_bytes_that_are_only_promised(line):
    channel, there, _ = line
    there.sendall(HEAD.pack(MAGIC, 1 << 20, MOST_BYTES) + b"{}")
    tracemalloc.start()

    with pytest.raises(TimeUp):
        channel.receive(time.monotonic() + 0.2)

    assert tracemalloc.get_traced_memory()[1] < 1 << 20
    tracemalloc.stop()


@pytest.mark.parametrize("text", [b"[" * 100_000, b"9" * 10_000, b"[1]", b"\xff", b'{"a":', b""])
def test_text_that_is_no_message_is_refused(text):
    with pytest.raises(WireError):
        parsed(text)


@pytest.mark.parametrize("part", [HEAD.pack(MAGIC, 9, 0), b'{"turn": 1'])
def test_an_answer_that_never_ends_waits_no_longer_than_allowed(line, part):
    channel, there, _ = line
    there.sendall(part)
    start = time.monotonic()

    with pytest.raises((TimeUp, Ended)):
        channel.receive(start + 0.3)

    assert time.monotonic() - start < 3


def test_an_answer_that_came_before_the_question_is_none(line):
    channel, there, _ = line
    there.sendall(b"".join(framed({"turn": 12345, "refused": {}})))

    with pytest.raises(Ended, match="without a question"):
        channel.ask({"do": "refusals"}, deadline=time.monotonic() + 5)


def test_a_process_that_does_not_read_holds_nobody(line):
    channel, _, _ = line

    with pytest.raises(TimeUp):
        channel.ask({"source": "x" * 3_000_000}, deadline=time.monotonic() + 0.3)


def test_output_without_end_is_cut_and_the_pipe_is_closed(line):
    channel, _, printed = line
    os.write(printed, b"x" * 3000)

    text = channel.take_output()

    assert text == "x" * 1000
    with pytest.raises(BrokenPipeError):
        os.write(printed, b"x")


def send_all(fd, bell, sizes):
    """Send an answer of several parts, each with so many bytes behind it, and hang up."""
    sender = Sender(fd, bell)
    for number, size in enumerate(sizes):
        last = number == len(sizes) - 1
        sender.send({"number": number}, [memoryview(bytes(size))], quiet_seconds=60 * (not last))
    os.close(fd)
    os.close(bell)


@pytest.mark.parametrize(
    "sizes",
    [
        [0],
        [10] * 1000,
        [SMALL - 100] * 40,
        [SMALL] * 40,
        [10, 5 << 20, 10, 1 << 20, 10],
        [900] * 49 + [10 << 20],
        [3000] * 200,
    ],
    ids=["one", "many", "nearly too much", "too much", "some large", "large at last", "several"],
)
def test_messages_of_any_size_arrive_though_the_bell_is_seldom_rung(sizes):
    channel, (there, bell, printed) = open_channel(1000)
    sending = threading.Thread(target=send_all, args=(there, bell, sizes))
    sending.start()
    end = time.monotonic() + 20

    received = [channel.receive(end) for _ in sizes]

    sending.join()
    assert [message["number"] for message, _ in received] == list(range(len(sizes)))
    assert [len(blob) for _, blob in received] == sizes
    with pytest.raises(Ended):
        channel.receive(end)
    channel.close()
    os.close(printed)


def test_what_was_sent_unheard_arrives_when_the_process_is_gone():
    channel, (there, bell, printed) = open_channel(1000)
    sender = Sender(there, bell)
    for number in range(30):
        sender.send({"number": number}, quiet_seconds=60)
    for file in (there, bell, printed):
        os.close(file)

    received = [channel.receive(time.monotonic() + 5)[0]["number"] for _ in range(30)]

    assert received == list(range(30))
    with pytest.raises(Ended):
        channel.receive(time.monotonic() + 5)
    channel.close()


def test_who_takes_the_bell_away_is_gone():
    channel, (there, bell, printed) = open_channel(1000)
    os.close(bell)

    with pytest.raises(Ended):
        channel.receive(time.monotonic() + 5)

    channel.close()
    os.close(there)
    os.close(printed)
