"""Classic networks written down: lists of layers that can be counted, drawn and compared.

A layer is a dict in the words of chapter 1. Two more kinds make trees of them: `concat` has
`branches`, each a list of layers, and `residual` a `branch` and perhaps a `shortcut`.

Source:
    LeCun et al. (1998), https://doi.org/10.1109/5.726791; Krizhevsky et al. (2012),
    https://doi.org/10.1145/3065386; Simonyan & Zisserman (2015), https://arxiv.org/abs/1409.1556;
    Lin et al. (2013), https://arxiv.org/abs/1312.4400; Szegedy et al. (2015),
    https://arxiv.org/abs/1409.4842; He et al. (2016), https://arxiv.org/abs/1512.03385
"""

RELU, BN, FLATTEN, GAP = ({"kind": kind} for kind in ("relu", "bn", "flatten", "gap"))

INCEPTIONS = {
    "3a": (64, (96, 128), (16, 32), 32),
    "3b": (128, (128, 192), (32, 96), 64),
    "4a": (192, (96, 208), (16, 48), 64),
    "4b": (160, (112, 224), (24, 64), 64),
    "4c": (128, (128, 256), (24, 64), 64),
    "4d": (112, (144, 288), (32, 64), 64),
    "4e": (256, (160, 320), (32, 128), 128),
    "5a": (256, (160, 320), (32, 128), 128),
    "5b": (384, (192, 384), (48, 128), 128),
}


def conv(out: int, k: int, **options) -> list[dict]:
    """A convolution and a ReLU; options are s, p, groups and bias."""
    return [{"kind": "conv", "out": out, "k": k, **options}, RELU]


def normed(out: int, k: int, **options) -> list[dict]:
    """A convolution without biases, and a normalization."""
    return [{"kind": "conv", "out": out, "k": k, "bias": False, **options}, BN]


def maxpool(k: int, **options) -> dict:
    """A max pooling; options are s, p and ceil."""
    return {"kind": "maxpool", "k": k, **options}


def linear(*sizes: int) -> list[dict]:
    """Linear layers with a ReLU behind each but the last."""
    layers = [layer for out in sizes for layer in ({"kind": "linear", "out": out}, RELU)]
    return layers[:-1]


def lenet(classes: int = 10) -> list[dict]:
    """For 1 × 28 × 28 pixels, with the ReLUs and maxima of today."""
    maps = [*conv(6, 5, p=2), maxpool(2), *conv(16, 5), maxpool(2)]
    return [*maps, FLATTEN, *linear(120, 84, classes)]


def alexnet(classes: int = 1000, *, groups: int = 2, padding: int = 0) -> list[dict]:
    """For 3 × 227 × 227 pixels, with two groups as in 2012.

    Args:
        classes: scores at the end.
        groups: of the second, fourth and fifth convolution; 1 as most build it today.
        padding: of the first convolution; 1 for the version for 224 pixels.
    """
    two = {"groups": groups}
    return [
        *(*conv(96, 11, s=4, p=padding), maxpool(3, s=2), *conv(256, 5, p=2, **two)),
        *(maxpool(3, s=2), *conv(384, 3, p=1), *conv(384, 3, p=1, **two)),
        *(*conv(256, 3, p=1, **two), maxpool(3, s=2)),
        *(FLATTEN, *linear(4096, 4096, classes)),
    ]


def vgg(*counts: int, classes: int = 1000, width: int = 64, hidden: int = 4096) -> list[dict]:
    """For 3 × 224 × 224 pixels, with so many convolutions in each of its five blocks.

    Args:
        counts: one number for each block.
        classes: scores at the end.
        width: channels of the first block; they double until there are eight times as many.
        hidden: features of the two hidden linear layers.
    """
    blocks = []
    for count, times in zip(counts, (1, 2, 4, 8, 8), strict=True):
        blocks += [*conv(times * width, 3, p=1) * count, maxpool(2)]
    return [*blocks, FLATTEN, *linear(hidden, hidden, classes)]


def nin(classes: int = 1000) -> list[dict]:
    """For 3 × 224 × 224 pixels; the classes are channels, and each is averaged."""

    def block(out, k, **options):
        return [*conv(out, k, **options), *conv(out, 1), *conv(out, 1)]

    return [
        *(*block(96, 11, s=4), maxpool(3, s=2), *block(256, 5, p=2), maxpool(3, s=2)),
        *(*block(384, 3, p=1), maxpool(3, s=2), *block(classes, 3, p=1), GAP, FLATTEN),
    ]


def inception(c1: int, c2: tuple[int, int], c3: tuple[int, int], c4: int) -> dict:
    """Four ways side by side."""
    branches = [
        conv(c1, 1),
        [*conv(c2[0], 1), *conv(c2[1], 3, p=1)],
        [*conv(c3[0], 1), *conv(c3[1], 5, p=2)],
        [maxpool(3, s=1, p=1), *conv(c4, 1)],
    ]
    return {"kind": "concat", "branches": branches}


def googlenet(classes: int = 1000) -> list[dict]:
    """For 3 × 224 × 224 pixels, without the two heads that only training used."""
    down = maxpool(3, s=2, ceil=True)
    blocks = {name: inception(*widths) for name, widths in INCEPTIONS.items()}
    return [
        *(*conv(64, 7, s=2, p=3), down, *conv(64, 1), *conv(192, 3, p=1), down),
        *(blocks[name] for name in ("3a", "3b")),
        *(down, *(blocks[name] for name in ("4a", "4b", "4c", "4d", "4e"))),
        *(down, blocks["5a"], blocks["5b"], GAP, FLATTEN, *linear(classes)),
    ]


def resnet(*counts: int, classes: int = 1000, bottleneck: bool = False) -> list[dict]:
    """For 3 × 224 × 224 pixels, with so many blocks in each of its four stages."""
    layers, channels = [*normed(64, 7, s=2, p=3), RELU, maxpool(3, s=2, p=1)], 64
    for stage, count in enumerate(counts):
        width = 64 * 2**stage
        out = 4 * width if bottleneck else width
        for place in range(count):
            s = 2 if stage and not place else 1
            if bottleneck:
                branch = [*normed(width, 1), RELU, *normed(width, 3, s=s, p=1), RELU]
                branch += normed(out, 1)
            else:
                branch = [*normed(width, 3, s=s, p=1), RELU, *normed(width, 3, p=1)]
            shortcut = [] if s == 1 and channels == out else normed(out, 1, s=s)
            layers += [{"kind": "residual", "branch": branch, "shortcut": shortcut}, RELU]
            channels = out
    return [*layers, GAP, FLATTEN, *linear(classes)]


# Each network with the shape of its images.
ARCHITECTURES = {
    "LeNet": (lenet(), (1, 28, 28)),
    "AlexNet": (alexnet(), (3, 227, 227)),
    "VGG-11": (vgg(1, 1, 2, 2, 2), (3, 224, 224)),
    "VGG-16": (vgg(2, 2, 3, 3, 3), (3, 224, 224)),
    "NiN": (nin(), (3, 224, 224)),
    "GoogLeNet": (googlenet(), (3, 224, 224)),
    "ResNet-18": (resnet(2, 2, 2, 2), (3, 224, 224)),
    "ResNet-34": (resnet(3, 4, 6, 3), (3, 224, 224)),
    "ResNet-50": (resnet(3, 4, 6, 3, bottleneck=True), (3, 224, 224)),
}
