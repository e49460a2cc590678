"""The plots show what they are given."""

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pytest

from convnet import History
from convnet.architectures import ARCHITECTURES, FLATTEN, linear
from convnet.plots import plot_filters, plot_history, plot_images, plot_outline


@pytest.fixture(autouse=True)
def _closed():
    mpl.use("agg")
    yield
    plt.close("all")


def test_curves_of_training_and_held_out_data_are_drawn_by_epoch():
    history = History([2.0, 1.0, 0.5], [0.2, 0.6, 0.8], [1.5, 1.0, 0.75], [0.5, 0.7, 0.75])

    left, right = plot_history(history).axes

    assert [line.get_ydata().tolist() for line in left.lines] == [
        history.loss,
        history.held_out_loss,
    ]
    assert [line.get_xdata()[-1] for line in right.lines] == [3, 3]
    assert [text.get_text() for text in left.get_legend().get_texts()] == ["training", "held out"]


def test_without_held_out_data_there_is_one_curve():
    left, right = plot_history(History([2.0, 1.0], [0.2, 0.6])).axes

    assert len(left.lines) == len(right.lines) == 1


def test_all_filters_are_drawn_on_one_scale():
    weight = np.random.default_rng(0).normal(size=(6, 2, 5, 5))

    figure = plot_filters(weight, columns=4)

    shown = [axes.images[0] for axes in figure.axes if axes.images]
    assert len(shown) == 6
    np.testing.assert_array_equal(shown[5].get_array(), weight[5, 0])
    assert {image.get_clim() for image in shown} == {(weight[:, 0].min(), weight[:, 0].max())}


def test_images_carry_their_titles():
    figure = plot_images(np.zeros((2, 4, 4)), ["3, taken for 5", "8"], heading="Errors")

    assert [axes.get_title() for axes in figure.axes] == ["3, taken for 5", "8"]
    assert figure.get_suptitle() == "Errors"


def test_a_history_without_epochs_gives_empty_axes():
    left, right = plot_history(History()).axes

    assert not left.lines
    assert right.get_legend() is None


def test_wrong_shapes_are_named():
    with pytest.raises(ValueError, match=r"weight has shape \(3, 4\), not \(F, C, KH, KW\)"):
        plot_filters(np.ones((3, 4)))
    with pytest.raises(ValueError, match=r"images have shape \(2, 1, 4, 4\), not \(N, H, W\)"):
        plot_images(np.ones((2, 1, 4, 4)), "ab")
    with pytest.raises(ValueError, match="there are 2 images and 1 titles"):
        plot_images(np.ones((2, 4, 4)), "a")


def test_an_outline_shows_each_field_around_the_middle_and_each_number_of_parameters():
    upper, lower = plot_outline(*ARCHITECTURES["LeNet"], np.zeros((28, 28))).axes

    fields = [(patch.get_x(), patch.get_width()) for patch in upper.patches]
    assert fields == [((28 - side) / 2, side) for side in (5, 6, 14, 16)]
    assert [bar.get_width() for bar in lower.patches] == [156, 2416, 48120, 10164, 850]
    assert lower.get_title() == "61,706 parameters"


def test_an_outline_without_windows_has_no_fields():
    upper, lower = plot_outline([FLATTEN, *linear(10)], (1, 28, 28), np.zeros((28, 28))).axes

    assert not upper.patches
    assert lower.get_title() == "7,850 parameters"
