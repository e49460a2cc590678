"""The digits are split as told: the same every time, in full, and with the answers elsewhere."""

import gzip
import hashlib
from dataclasses import replace

import numpy as np
import pytest

from course.datasets import ANSWERS, CASES, SOURCES, build, split
from course.errors import CourseError
from grader.exercises.pooling.digits import digits


@pytest.fixture
def small(tmp_path, monkeypatch):
    """Two sources of twelve images each, three classes of four, in files like the packages'."""
    paths = {}
    for name, source in SOURCES.items():
        labels = np.arange(3).repeat(4)
        rows = np.column_stack([np.arange(12 * source.side**2).reshape(12, -1) % 200, labels])
        path = tmp_path / f"{name}.csv.gz"
        text = "\n".join(",".join(map(str, row)) for row in rows)
        path.write_bytes(gzip.compress(text.encode(), mtime=0))
        sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
        monkeypatch.setitem(SOURCES, name, replace(source, sha256=sha256, held_out=4, skipped=2))
        paths[name] = path
    return paths


def test_every_image_is_on_one_side_and_its_label_goes_along(small, tmp_path):
    first, _, answers = build(small, tmp_path, tmp_path / "answers.npz")

    with np.load(first) as made, np.load(answers) as labels:
        x, t, x_new = made["x"], made["t"], made["x_new"]
        held_out = labels["digits"]
    # The first pixel tells which image it is: 64 pixels come before the next one.
    numbers = [(np.concatenate([x, x_new])[:, 0, 0].astype(int))]
    assert sorted(numbers[0]) == sorted(64 * np.arange(12) % 200)
    assert len(x) == len(t) == 8
    assert len(x_new) == len(held_out) == 4
    of_pixel = dict(zip(64 * np.arange(12) % 200, np.arange(3).repeat(4), strict=True))
    assert [of_pixel[p] for p in x[:, 0, 0]] == t.tolist()
    assert [of_pixel[p] for p in x_new[:, 0, 0]] == held_out.tolist()


def test_another_file_is_refused(small, tmp_path):
    small["digits"].write_bytes(gzip.compress(b"1,2,3"))

    with pytest.raises(CourseError, match="has the sha256"):
        build(small, tmp_path, tmp_path / "answers.npz")


def test_the_first_images_of_each_class_are_not_held_out():
    labels = np.arange(10).repeat(50)
    source = replace(SOURCES["mnist5k"], held_out=200)

    train, held_out = split(labels, source)

    assert min(place % 50 for place in held_out) >= 20
    assert sorted([*train, *held_out]) == list(range(500))


@pytest.mark.parametrize(
    ("name", "sizes", "brightest"),
    [("digits", (1400, 397, 8), 16), ("mnist5k", (4000, 1000, 28), 255)],
)
def test_the_sets_of_the_course_are_whole(name, sizes, brightest):
    with np.load(CASES / f"{name}.npz") as made, np.load(ANSWERS) as answers:
        x, t, x_new, labels = made["x"], made["t"], made["x_new"], answers[name]

    count, held_out, side = sizes
    assert x.shape == (count, side, side)
    assert x_new.shape == (held_out, side, side)
    assert x.max() == x_new.max() == brightest
    counts = np.bincount(np.concatenate([t, labels]), minlength=10)
    if name == "mnist5k":
        assert counts.tolist() == [500] * 10
    else:
        assert counts.tolist() == [178, 182, 177, 183, 181, 182, 181, 179, 174, 180]
    assert min(np.bincount(labels)) >= 0.06 * held_out
    # No image is on both sides.
    assert not {image.tobytes() for image in x} & {image.tobytes() for image in x_new}


def test_no_held_out_digit_is_shown_in_chapter_2():
    shown = {(255 * image).round().astype(np.uint8).tobytes() for image in digits()}
    with np.load(CASES / "mnist5k.npz") as made:
        held_out = {image.tobytes() for image in made["x_new"]}

    assert not shown & held_out
