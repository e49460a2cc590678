"""Whatever bytes a learner's process sends, the grader neither crashes nor hangs nor fills up."""

import json
import os
import socket
import time
import tracemalloc

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from grader.exercises import find
from grader.plain import Foreign, plain, same
from grader.run import Outcome
from grader.sandbox.cell_run import CellRun, told
from grader.sandbox.channel import Channel
from grader.sandbox.errors import Ended, TimeUp, WireError
from grader.sandbox.frames import HEAD, MAGIC, framed, parsed, sizes
from grader.sandbox.outcomes import told_outcome
from grader.sandbox.values import MOST_BYTES, Packed, Unpacked

MANY = settings(max_examples=100, deadline=None, derandomize=True, database=None)

NUMBERS = st.one_of(
    hnp.arrays(hnp.floating_dtypes(endianness="<"), hnp.array_shapes(min_dims=0, min_side=0)),
    hnp.arrays(hnp.integer_dtypes(endianness="<"), hnp.array_shapes(min_dims=0, min_side=0)),
    hnp.arrays(hnp.complex_number_dtypes(endianness="<"), hnp.array_shapes(min_side=0)),
    hnp.arrays(np.bool_, hnp.array_shapes()),
)
LEAVES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**63), 2**63 - 1),
    st.floats(),
    st.complex_numbers(),
    st.text(),
    NUMBERS,
    st.builds(Foreign, st.just("object")),
)
PLAIN = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=4) | st.lists(inner, max_size=4).map(tuple),
    max_leaves=8,
)

KEYS = st.sampled_from(
    ["tuple", "array", "foreign", "complex", "first", "again", "inputs", "changed", "value"]
    + ["problem", "detail", "printed", "result", "error", "name", "text", "figures", "turn", "x"]
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text() | KEYS, inner),
    max_leaves=8,
)
TREES = st.recursive(
    st.one_of(
        st.builds(
            lambda d, s: {"array": [d, s]}, st.sampled_from(["<f8", "|b1", "O", "<f4"]), JSON
        ),
        st.builds(lambda s: {"array": ["<f8", s]}, st.lists(st.integers(-2, 2**50), max_size=4)),
        JSON,
    ),
    lambda inner: st.builds(lambda v, k: {k: v}, inner, KEYS) | st.lists(inner, max_size=5),
    max_leaves=8,
)


@MANY
@given(PLAIN)
def test_plain_values_cross_unchanged(value):
    value = plain(value)
    packed = Packed()
    tree = packed.pack(value)
    message, blob = b"".join(framed({"v": tree}, packed.parts)), b"".join(packed.parts)
    text, size = sizes(message)

    received = Unpacked(blob).unpack(parsed(message[HEAD.size : HEAD.size + text])["v"])

    assert size == len(blob)
    assert same(received, value)


@MANY
@given(TREES, st.binary(max_size=200))
def test_a_tree_is_a_plain_value_or_refused(tree, blob):
    try:
        value = Unpacked(blob).unpack(tree)
    except WireError:
        return

    assert same(plain(value), value) or isinstance(
        value, str | int | float | complex | list | tuple
    )


@MANY
@given(st.dictionaries(KEYS, TREES, max_size=8), st.binary(max_size=200))
def test_an_answer_about_a_case_is_an_outcome(answer, blob):
    case = find("add_bias").cases()[0]

    outcome = told_outcome(case, answer, blob)

    assert type(outcome) is Outcome
    assert outcome.problem is None or type(outcome.detail) is str


@MANY
@given(st.dictionaries(KEYS, JSON, max_size=8), st.binary(max_size=200))
def test_an_answer_about_a_cell_is_a_run(answer, blob):
    run = CellRun(**told(answer, blob))

    assert run.result is None or type(run.result) is str
    json.dumps([run.result, run.error and [run.error.name, run.error.text]]).encode()


@pytest.fixture
def line():
    """The grader's end of a line, and the raw ends of a learner's process."""
    here, there = socket.socketpair()
    output, printed = os.pipe()
    channel = Channel(here, output, 1000)
    yield channel, there, printed
    channel.close()
    there.close()
    os.close(printed)


def receive(data, seconds=5.0):
    """What a channel makes of some bytes and then silence: how it ends, and how much it holds."""
    here, there = socket.socketpair()
    output, printed = os.pipe()
    channel = Channel(here, output, 1000)
    with there:
        there.sendall(data)
        there.shutdown(socket.SHUT_WR)
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


@pytest.mark.parametrize(
    "tree",
    [
        {"array": ["<f8", [1 << 39]]},
        {"array": ["<f8", [1 << 20, 1 << 20]]},
        {"array": ["<f8", [1] * 1000]},
        {"array": ["|O", [1]]},
        {"array": ["<f8", [-1, -8]]},
        {"array": ["<f8", [True]]},
        {"array": ["<f8", [0, 1 << 39, 1 << 39]]},
        {"array": ["<U9999999", [1]]},
        {"array": ["<f8"]},
        {"complex": [1.0, "x"]},
        {"pickle": "gASVAAAA"},
        {"tuple": 3},
        {"a": 1, "b": 2},
    ],
    ids=str,
)
def test_a_value_that_nobody_packs_is_refused(tree):
    with pytest.raises(WireError):
        Unpacked(bytes(8)).unpack(tree)


def test_a_value_too_deep_or_too_long_is_refused():
    deep = []
    for _ in range(100):
        deep = [deep]

    for tree in (deep, [0] * 100_000):
        with pytest.raises(WireError):
            Unpacked(b"").unpack(tree)


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


def test_what_is_too_large_goes_as_its_description():
    packed = Packed(room=100)

    trees = [packed.pack(np.zeros(10)), packed.pack(np.zeros(10)), packed.pack("x" * 10**6)]

    assert "array" in trees[0]
    assert trees[1] == {"foreign": "array of shape (10,), far too large"}
    assert trees[2] == {"foreign": "very long str"}
