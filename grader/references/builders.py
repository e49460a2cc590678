"""The twins of exercises about building and counting networks, and the labels of new images."""

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

import numpy as np
import torch
from torch import nn

from grader.exercises.classic_networks.data import load
from grader.exercises.convolution.networks import Network
from grader.references.convolution_sizes import conv_out
from grader.references.networks import Inception
from grader.references.networks import alexnet as alexnet_2012
from grader.references.networks import nin_block as torch_nin_block

HELD_OUT = Path(__file__).with_name("held_out.npz")


def expand(N: int, M: int, K: int, pool: bool = True) -> list[str]:
    """The words of a pattern, as the layers of an nn.Sequential."""
    block = [nn.Conv2d(1, 1, 1), nn.ReLU()] * N + [nn.MaxPool2d(1)] * pool
    layers = nn.Sequential(*block * M, *[nn.Linear(1, 1), nn.ReLU()] * K, nn.Linear(1, 1))
    words = {"Conv2d": "CONV", "ReLU": "RELU", "MaxPool2d": "POOL", "Linear": "FC"}
    return ["INPUT", *(words[type(own).__name__] for own in layers)]


def read_pattern(pattern: str) -> tuple[int, int, int, bool]:
    """N, M and K: what each bracket is repeated; 0 if it is not there."""
    text = re.sub(r"\s", "", pattern)
    expression = (
        r"INPUT(?:->\[\[CONV->RELU\](?:\*(?P<N>\d+))?(?:->POOL)?\](?:\*(?P<M>\d+))?)?"
        r"(?:->\[FC->RELU\](?:\*(?P<K>\d+))?)?->FC"
    )
    found = re.fullmatch(expression, text)
    there = {"N": "CONV" in text, "M": "CONV" in text, "K": "[FC" in text}
    numbers = {name: int(found[name] or 1) if there[name] else 0 for name in there}
    return numbers["N"], numbers["M"], numbers["K"], "POOL" in text


def described(module: nn.Module) -> Network:
    """The layers of a torch network in the words of chapter 1."""
    net: Network = []
    for own in module.modules():
        describe = KINDS.get(type(own))
        if describe:
            net.append(describe(own))
    return net


def _conv(own: nn.Conv2d) -> dict:
    sizes = {"k": own.kernel_size[0], "s": own.stride[0], "p": own.padding[0]}
    more = {"d": own.dilation[0], "groups": own.groups, "bias": own.bias is not None}
    return {"kind": "conv", "out": own.out_channels, **sizes, **more}


def _pool(own: nn.MaxPool2d) -> dict:
    return {"kind": "maxpool", "k": own.kernel_size, "s": own.stride, "p": own.padding}


KINDS: dict[type, Callable] = {
    nn.Conv2d: _conv,
    nn.MaxPool2d: _pool,
    nn.ReLU: lambda _: {"kind": "relu"},
    nn.Flatten: lambda _: {"kind": "flatten"},
    nn.Linear: lambda own: {"kind": "linear", "out": own.out_features},
}


def alexnet(version: str) -> Network:
    """The network of 2012, or the one in *Dive into Deep Learning*."""
    with torch.device("meta"):
        if version == "2012":
            return described(alexnet_2012())
        return described(
            nn.Sequential(
                *(nn.Conv2d(1, 96, 11, 4, 1), nn.ReLU(), nn.MaxPool2d(3, 2)),
                *(nn.Conv2d(96, 256, 5, padding=2), nn.ReLU(), nn.MaxPool2d(3, 2)),
                *(nn.Conv2d(256, 384, 3, padding=1), nn.ReLU()),
                *(nn.Conv2d(384, 384, 3, padding=1), nn.ReLU()),
                *(nn.Conv2d(384, 256, 3, padding=1), nn.ReLU(), nn.MaxPool2d(3, 2)),
                *(nn.Flatten(), nn.Linear(6400, 4096), nn.ReLU(), nn.Dropout()),
                *(nn.Linear(4096, 4096), nn.ReLU(), nn.Dropout(), nn.Linear(4096, 10)),
            )
        )


def fitting_sides(k: int, s: int, p: int, low: int, high: int) -> list[int]:
    """The sides after which one pixel more, or up to s - 1 fewer, makes no or another map."""
    return [
        n
        for n in range(low, high + 1)
        if n + 2 * p >= k and (n + 2 * p == k or conv_out(n, k, s, p) > conv_out(n - 1, k, s, p))
    ]


def vgg(arch: tuple, classes: int = 1000) -> Network:
    """Blocks of 3 × 3 convolutions, and three linear layers."""
    layers: list[nn.Module] = []
    channels = 3
    with torch.device("meta"):
        for count, width in arch:
            for _ in range(count):
                layers += [nn.Conv2d(channels, width, 3, padding=1), nn.ReLU()]
                channels = width
            layers.append(nn.MaxPool2d(2))
        head = nn.Linear(1, 4096), nn.ReLU(), nn.Linear(4096, 4096), nn.ReLU()
        return described(nn.Sequential(*layers, nn.Flatten(), *head, nn.Linear(4096, classes)))


def nin_block(out: int, k: int, s: int = 1, p: int = 0) -> Network:
    """A convolution and two 1 × 1 convolutions."""
    with torch.device("meta"):
        return described(torch_nin_block(1, out, k, s, p))


def stack_of_3x3(k: int, C: int) -> tuple[int, int, int]:
    """How many 3 × 3 layers see k × k pixels, their weights, and those of one k × k layer."""
    layers, side = 0, k
    while side > 1:
        side, layers = conv_out(side, 3), layers + 1
    with torch.device("meta"):
        stack = [nn.Conv2d(C, C, 3, bias=False) for _ in range(layers)]
        single = nn.Conv2d(C, C, k, bias=False)
    return layers, sum(own.weight.numel() for own in stack), single.weight.numel()


def inception_params(C: int, widths: tuple) -> int:
    """The weights and biases of an Inception block's six convolutions."""
    with torch.device("meta"):
        convs = [own for own in Inception(C, *widths).modules() if isinstance(own, nn.Conv2d)]
    return sum(own.weight.numel() + own.out_channels for own in convs)


def train_lenet(x, t, x_new, **_) -> np.ndarray:
    """The labels of the new images: what perfect guesses are."""
    digits, labels = _known(x.shape[2])
    number = {}
    for image, label in zip(x, t, strict=True):
        number[digits[image.tobytes()]] = int(label)
    return np.array([number[labels[image.tobytes()]] for image in x_new])


@cache
def _known(side: int) -> tuple[dict[bytes, int], dict[bytes, int]]:
    """The digit that each image shows: of those to train on, and of the new ones."""
    name = {8: "digits", 28: "mnist5k"}[side]
    stored = load(name)
    with np.load(HELD_OUT, allow_pickle=False) as file:
        answers = file[name].astype(int)
    return (
        {image.tobytes(): int(t) for image, t in zip(stored.x, stored.t, strict=True)},
        {image.tobytes(): int(t) for image, t in zip(stored.x_new, answers, strict=True)},
    )
