"""Training makes networks better, tells how far it is, and repeats itself from the same seed."""

import io
import re

import numpy as np
import pytest
import torch
from torch import nn

from convnet import (
    SGD,
    BatchNorm1d,
    CrossEntropyLoss,
    History,
    Linear,
    ProgressBar,
    ReLU,
    Sequential,
    evaluate,
    fit,
    predict,
)

LOSS = CrossEntropyLoss()


@pytest.fixture
def rng():
    return np.random.default_rng(0)


def clouds(rng, count):
    """Points around three centres, and which centre each belongs to."""
    t = rng.integers(0, 3, count)
    centres = np.array([[0.0, 2.0], [2.0, -1.0], [-2.0, -1.0]])
    return centres[t] + rng.normal(scale=0.5, size=(count, 2)), t


def small(rng):
    """A network of two layers in float64."""
    first, last = (Linear(*sizes, dtype="float64", rng=rng) for sizes in ((2, 8), (8, 3)))
    return Sequential(first, ReLU(), last)


def trained(seed, **options):
    """A history and what was printed."""
    rng, screen = np.random.default_rng(seed), io.StringIO()
    network, data = small(rng), clouds(rng, 100)
    optimizer = SGD(network, lr=0.1)
    history = fit(network, LOSS, optimizer, data, rng=rng, stream=screen, **options)
    return history, screen.getvalue()


def test_training_lowers_the_loss_and_raises_the_accuracy():
    history, _ = trained(0, epochs=10)

    assert history.loss[-1] < 0.5 * history.loss[0]
    assert history.accuracy[-1] > 0.95
    assert len(history.loss) == len(history.accuracy) == 10


def test_the_same_seed_gives_the_same_history():
    assert trained(1, epochs=3)[0] == trained(1, epochs=3)[0]
    assert trained(1, epochs=3)[0] != trained(2, epochs=3)[0]


def test_an_epoch_of_training_equals_torchs(rng):
    ours, (x, t) = small(rng), clouds(rng, 10)
    theirs = nn.Sequential(nn.Linear(2, 8), nn.ReLU(), nn.Linear(8, 3)).double()
    theirs.load_state_dict({name: torch.tensor(value) for name, value in ours.params.items()})
    optimizer = torch.optim.SGD(theirs.parameters(), lr=0.1)
    order = np.random.default_rng(5).permutation(10)

    history = fit(
        *(ours, LOSS, SGD(ours, lr=0.1), (x, t)),
        epochs=1,
        batch_size=4,
        rng=np.random.default_rng(5),
        stream=io.StringIO(),
    )

    losses = []
    for own in (order[:4], order[4:8], order[8:]):
        loss = nn.functional.cross_entropy(theirs(torch.tensor(x[own])), torch.tensor(t[own]))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses += [loss.item()] * len(own)
    np.testing.assert_allclose(history.loss, [np.mean(losses)], rtol=1e-12)
    for name, parameter in theirs.named_parameters():
        np.testing.assert_allclose(ours.params[name], parameter.detach().numpy(), rtol=1e-12)


def test_held_out_data_is_measured_after_each_epoch(rng):
    network, held_out = small(rng), clouds(rng, 30)

    history = fit(
        *(network, LOSS, SGD(network, lr=0.1), clouds(rng, 60)),
        epochs=2,
        rng=rng,
        held_out=held_out,
        stream=io.StringIO(),
    )

    loss, accuracy = evaluate(network, LOSS, held_out)
    assert len(history.held_out_loss) == 2
    assert (history.held_out_loss[-1], history.held_out_accuracy[-1]) == (loss, accuracy)


def test_predicting_uses_evaluation_and_leaves_the_mode_as_it_was(rng):
    norm = BatchNorm1d(2, dtype="float64")
    network, x = Sequential(norm), rng.normal(3, 2, size=(7, 2))
    kept = norm.buffers["running_mean"].copy()

    y = predict(network, x, batch_size=3)

    assert network.training
    assert norm.training
    np.testing.assert_array_equal(norm.buffers["running_mean"], kept)
    np.testing.assert_array_equal(y, network.eval().forward(x))


def test_a_loss_that_is_no_number_ends_the_training(rng):
    network, data = small(rng), clouds(rng, 8)
    calls = (network, LOSS, SGD(network, lr=1e200), data)

    with np.errstate(all="ignore"), pytest.raises(ValueError, match="smaller learning rate"):
        fit(*calls, epochs=9, rng=rng, stream=io.StringIO())


def test_images_that_hold_no_numbers_are_named(rng):
    network, (x, t) = small(rng), clouds(rng, 8)
    x[3] = np.inf

    with np.errstate(invalid="ignore"), pytest.raises(ValueError, match="x has NaN or infinity"):
        fit(network, LOSS, SGD(network), (x, t), epochs=1, rng=rng, stream=io.StringIO())


BAD_TRAININGS = {
    "no pair": ({"data": np.ones((5, 2))}, TypeError, "data must be a pair"),
    "no image": ({"data": (np.ones((0, 2)), [])}, ValueError, "there are no images"),
    "held out": ({"held_out": ([[1, 2]], [0, 1])}, ValueError, "1 images and 2 targets"),
    "batch": ({"batch_size": 0}, ValueError, "batch_size must be at least 1, not 0"),
    "seed": ({"rng": 3}, TypeError, "rng must be a random generator"),
    "optimizer": (
        {"optimizer": SGD(small(np.random.default_rng(1)))},
        ValueError,
        "the optimizer changes another network's parameters",
    ),
}


@pytest.mark.parametrize(
    ("changed", "kind", "message"), BAD_TRAININGS.values(), ids=BAD_TRAININGS.keys()
)
def test_trainings_that_cannot_work_are_named(changed, kind, message, rng):
    network = small(rng)
    usual = {"optimizer": SGD(network), "data": clouds(rng, 8), "epochs": 1, "rng": rng}

    with pytest.raises(kind, match=message):
        fit(network, LOSS, **{**usual, **changed}, stream=io.StringIO())


def test_lists_of_images_will_do(rng):
    network, (x, t) = small(rng), clouds(rng, 8)
    data = (x.tolist(), t.tolist())

    history = fit(network, LOSS, SGD(network), data, epochs=1, rng=rng, stream=io.StringIO())

    assert np.isfinite(history.loss).all()


def test_images_and_targets_of_different_number_are_named(rng):
    network, (x, t) = small(rng), clouds(rng, 8)

    with pytest.raises(ValueError, match="there are 8 images and 7 targets"):
        fit(network, LOSS, SGD(network), (x, t[:7]), epochs=1, rng=rng)


def test_the_bar_fills_up_and_tells_the_numbers():
    _, printed = trained(0, epochs=3)

    lines = [line.strip() for line in printed.split("\r") if line]
    assert [re.search(r"\d/3", line).group() for line in lines] == ["1/3", "2/3", "3/3"]
    assert re.fullmatch(r"\[#{24}\] 3/3 \d+ s  loss \d\.\d{3}, accuracy \d\.\d{3}", lines[-1]), (
        lines[-1]
    )
    assert printed.endswith("\n")


def test_the_bar_tells_the_time_that_is_left():
    seconds = iter([0.0, 2.0, 4.0, 6.0, 8.0])
    screen = io.StringIO()
    bar = ProgressBar(4, screen, clock=lambda: next(seconds))

    for note in ("a long note", "short", "", ""):
        bar.step(note)

    first, second, third, last = screen.getvalue().strip("\n").split("\r")[1:]
    assert first == "[######..................] 1/4 6 s left  a long note"
    assert second == "[############............] 2/4 4 s left  short      "
    assert third.rstrip() == "[##################......] 3/4 2 s left"
    assert last.rstrip() == f"[{'#' * 24}] 4/4 8 s"


def test_in_a_file_each_step_has_a_line_of_its_own(tmp_path):
    with (tmp_path / "log.txt").open("w", encoding="utf-8") as log:
        bar = ProgressBar(2, log, clock=lambda: 0.0)
        bar.step("first")
        bar.step("second")

    lines = (tmp_path / "log.txt").read_bytes().decode().split("\n")
    assert lines == [
        "[############............] 1/2 0 s left  first",
        "[########################] 2/2 0 s  second",
        "",
    ]


def test_the_last_numbers_of_a_history_are_told():
    history = History([2.0, 1.0], [0.25, 0.5], [1.5], [0.75])

    assert history.last() == "loss 1.000, accuracy 0.500, held out 0.750"
