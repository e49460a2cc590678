"""The pages on GoogLeNet and ResNet treat their statements; their figures and counts are right."""

import matplotlib.path
import numpy as np
import pytest
import torch
from matplotlib.patches import Ellipse
from torch import nn

from grader.references.networks import NETWORKS, Residual, basic, normed
from tests.book.test_drawings import figure
from tests.book.test_site import items, read_coverage


def test_coverage_has_every_statement_on_googlenet_and_resnet() -> None:
    wanted = items("S3-21..30 S3-60..67")

    places = read_coverage()

    assert wanted - places.keys() == set()
    assert all(any("08-classic-networks" in place for place in places[item]) for item in wanted)


def parameters(build) -> int:
    """How many numbers torch's network learns; it is made without any."""
    with torch.device("meta"):
        return sum(parameter.numel() for parameter in build().parameters())


def with_biases(channels: int, out: int, k: int, stride: int = 1, padding: int = 0):
    """A convolution that keeps its biases, and a normalization."""
    return nn.Sequential(nn.Conv2d(channels, out, k, stride, padding), nn.BatchNorm2d(out))


def resnet18_d2l() -> nn.Sequential:
    """ResNet-18 of *Dive into Deep Learning*, for gray images and ten classes."""
    layers: list[nn.Module] = [with_biases(1, 64, 7, 2, 3), nn.ReLU(), nn.MaxPool2d(3, 2, 1)]
    channels = 64
    for width in (64, 64, 128, 128, 256, 256, 512, 512):
        stride = 1 if width == channels else 2
        first = with_biases(channels, width, 3, stride, 1)
        branch = nn.Sequential(first, nn.ReLU(), with_biases(width, width, 3, 1, 1))
        way = nn.Identity() if stride == 1 else nn.Conv2d(channels, width, 1, stride)
        layers.append(Residual(branch, way))
        channels = width
    return nn.Sequential(*layers, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(512, 10))


def resnet_cifar(n: int) -> nn.Sequential:
    """The paper's network of 6n + 2 layers for small photos, with shortcuts that learn nothing."""
    layers: list[nn.Module] = [normed(3, 16, 3, 1, 1), nn.ReLU()]
    channels = 16
    for width in (16, 32, 64):
        for _ in range(n):
            branch, channels = basic(channels, width, 1 if width == channels else 2)
            layers.append(Residual(branch, nn.Identity()))
    return nn.Sequential(*layers, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(64, 10))


COUNTS = {
    "GoogLeNet": (lambda: NETWORKS["googlenet"](), 6_998_552),
    "GoogLeNet, gray, ten classes": (lambda: NETWORKS["googlenet"](1, 10), 5_977_530),
    "ResNet-18": (lambda: NETWORKS["resnet18"](), 11_689_512),
    "ResNet-34": (lambda: NETWORKS["resnet34"](), 21_797_672),
    "ResNet-50": (lambda: NETWORKS["resnet50"](), 25_557_032),
    "ResNet-18, D2L": (resnet18_d2l, 11_178_378),
    "ResNet-20": (lambda: resnet_cifar(3), 269_722),
    "ResNet-56": (lambda: resnet_cifar(9), 853_018),
}


@pytest.mark.parametrize(("build", "count"), COUNTS.values(), ids=COUNTS.keys())
def test_torch_counts_what_the_pages_say(build, count) -> None:
    assert parameters(build) == count


def test_without_its_normalizations_resnet_20_has_what_the_page_says() -> None:
    with torch.device("meta"):
        convolutions = [
            own for own in resnet_cifar(3).modules() if isinstance(own, nn.Conv2d | nn.Linear)
        ]

    assert sum(p.numel() for own in convolutions for p in own.parameters()) == 268_346


def test_the_picture_of_the_block_adds_up_its_channels() -> None:
    boxes, arrows = figure("network_blocks").inception()

    last = [int(boxes[start][2].split("\n")[1]) for start, end in arrows if end == "y"]

    assert (last, sum(last)) == ([64, 128, 32, 32], 256)
    assert "256" in boxes["y"][2]


def test_the_figure_of_the_gradients_way_is_the_honest_one() -> None:
    flow = figure("gradient_flow")

    small, he = (
        [flow.shares(gain, **kind)[0] for kind in flow.KINDS.values()]
        for gain in flow.GAINS.values()
    )

    assert small[0] < 1e-15
    assert 0.1 < he[0] < 100
    assert he[1] > 1e9
    assert 0.1 < small[2] < 100
    assert small[2] == pytest.approx(he[2], rel=0.05)


def outline_of(centre, width, height, angle) -> np.ndarray:
    """Points on the border of an ellipse."""
    ellipse = Ellipse(centre, width, height, angle=angle)
    return ellipse.get_patch_transform().transform(ellipse.get_path().vertices)


def test_the_classes_on_the_right_contain_each_other_and_only_the_largest_has_the_goal() -> None:
    classes = figure("function_classes")

    borders = [matplotlib.path.Path(outline_of(*own)) for own in classes.NESTED]

    for inner, outer in zip(borders, borders[1:], strict=False):
        assert outer.contains_points(inner.vertices).all()
    goal = [border.contains_point(classes.GOAL) for border in borders]
    assert goal == [False, False, True]
    apart = [matplotlib.path.Path(outline_of(*own)) for own in classes.APART]
    assert not any(border.contains_point(classes.GOAL) for border in apart)
