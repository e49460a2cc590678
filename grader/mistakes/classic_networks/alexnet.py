"""Known mistakes of 8.4: another AlexNet than the one that was asked for, and other sides."""

from __future__ import annotations

from collections.abc import Callable

from grader.exercise import Mistake
from grader.exercises.convolution.networks import (
    ALEXNET,
    FLATTEN,
    GAP,
    RELU,
    Network,
    avgpool,
    conv,
    linear,
    maxpool,
)

TWO_TOWERS: Network = [
    *(conv(96, 11, s=4), RELU, maxpool(3, s=2)),
    *(conv(256, 5, p=2, groups=2), RELU, maxpool(3, s=2)),
    *(conv(384, 3, p=1), RELU, conv(384, 3, p=1, groups=2), RELU),
    *(conv(256, 3, p=1, groups=2), RELU, maxpool(3, s=2)),
    *(FLATTEN, linear(4096), RELU, linear(4096), RELU, linear(1000)),
]
D2L: Network = [layer for layer in ALEXNET if layer["kind"] != "dropout"]
TORCHVISION: Network = [
    *(conv(64, 11, s=4, p=2), RELU, maxpool(3, s=2)),
    *(conv(192, 5, p=2), RELU, maxpool(3, s=2)),
    *(conv(384, 3, p=1), RELU, conv(256, 3, p=1), RELU, conv(256, 3, p=1), RELU),
    *(maxpool(3, s=2), FLATTEN),
    *(linear(4096), RELU, linear(4096), RELU, linear(1000)),
]

Change = Callable[[int, dict], dict | None]


def right(version: str) -> Network:
    """The network of a version."""
    return TWO_TOWERS if version == "2012" else D2L


def edited(change: Change, *versions: str) -> Callable[[str], Network]:
    """An `alexnet` with each layer changed, or left out for None, in some versions or in all."""

    def alexnet(version):
        net = right(version)
        if versions and version not in versions:
            return net
        made = [change(place, {**layer}) for place, layer in enumerate(net)]
        return [layer for layer in made if layer is not None]

    return alexnet


def every(change: Change) -> tuple[Callable, ...]:
    """A change in both versions, and in either."""
    return edited(change), edited(change, "2012"), edited(change, "d2l")


def without(key: str, kind: str = "conv") -> Change:
    """The key of a kind of layer left out."""

    def change(place, layer):
        if layer["kind"] == kind:
            layer.pop(key, None)
        return layer

    return change


def with_(kind: str, place: int | None = None, **changes) -> Change:
    """Other numbers in all layers of a kind, or in the one at a place."""

    def change(at, layer):
        fits = layer["kind"] == kind and place in (None, at)
        return layer | changes if fits else layer

    return change


def smaller_pools(place, layer):
    """Pools of 2 × 2 pixels."""
    return maxpool(2) if layer["kind"] == "maxpool" else layer


def stride_forgotten(place, layer):
    """Pools of 3 × 3 pixels that do not overlap."""
    return maxpool(3) if layer["kind"] == "maxpool" else layer


def all_grouped(place, layer):
    """Groups in every convolution but the first."""
    return layer | {"groups": 2} if layer["kind"] == "conv" and place else layer


def no_padding_but_first(place, layer):
    """The later convolutions without padding."""
    if layer["kind"] == "conv" and place:
        layer.pop("p")
    return layer


def pooled_everywhere(version):
    """A pool behind every convolution's ReLU."""
    net = []
    for layer, following in zip(right(version), [*right(version)[1:], None], strict=True):
        net.append(layer)
        behind = len(net) > 1 and net[-2]["kind"] == "conv"
        if layer == RELU and behind and following and following["kind"] == "conv":
            net.append(maxpool(3, s=2))
    return net


def pools_of(make: Callable[[], dict]) -> Change:
    """Other pools."""
    return lambda place, layer: make() if layer["kind"] == "maxpool" else layer


def rebuilt(change: Callable[[Network], Network]) -> tuple[Callable, ...]:
    """The list of layers changed as a whole, in both versions and in either."""

    def some(*versions):
        return lambda version: (change if version in versions else list)(right(version))

    return some("2012", "d2l"), some("2012"), some("d2l")


def relu_behind_pools(net):
    """Each pool before its ReLU."""
    net = list(net)
    for place, layer in enumerate(net):
        if layer["kind"] == "maxpool":
            net[place - 1 : place + 1] = [layer, RELU]
    return net


def pooled_head(version):
    """Global average pooling in the place of the hidden linear layers."""
    net = right(version)
    start = net.index(FLATTEN)
    return [*net[:start], GAP, FLATTEN, net[-1]]


LISTED = {
    "groups_forgotten": (
        "The groups are missing: without them the network of 2012 would have 62,378,344 "
        "parameters. It was spread over two graphics cards, and in the second, fourth and fifth "
        "convolution each card saw its own channels only.",
        (edited(without("groups"), "2012"),),
    ),
    "groups_misplaced": (
        "Groups are only in the second, fourth and fifth convolution. The first sees the colours, "
        "and for the third the two cards exchanged all channels.",
        (
            edited(all_grouped, "2012"),
            edited(with_("conv", 8, groups=1), "2012"),
            edited(with_("conv", 10, groups=1), "2012"),
            edited(with_("conv", 3, groups=1), "2012"),
            edited(with_("conv", 6, groups=2), "2012"),
            edited(all_grouped),
            edited(with_("conv", 3, groups=2)),
        ),
    ),
    "groups_in_d2l": (
        "The version 'd2l' has no groups: graphics cards have become large enough.",
        (
            edited(all_grouped, "d2l"),
            lambda version: [
                layer | ({"groups": two["groups"]} if "groups" in two else {})
                for layer, two in zip(right(version), TWO_TOWERS, strict=True)
            ],
        ),
    ),
    "versions_swapped": (
        "The two versions are swapped.",
        (lambda version: right("d2l" if version == "2012" else "2012"),),
    ),
    "one_version": (
        "You return the same network for both versions. Look at `version`.",
        (lambda version: D2L, lambda version: TWO_TOWERS),
    ),
    "torchvision": (
        "This is torchvision's AlexNet, with 64 and 192 filters at the start: Krizhevsky's later "
        "version for one card, 61,100,840 parameters. Here the numbers are those of the table.",
        (
            lambda version: TORCHVISION,
            lambda version: TORCHVISION if version == "2012" else D2L,
            lambda version: TWO_TOWERS if version == "2012" else [*TORCHVISION[:-1], linear(10)],
        ),
    ),
    "first_padding": (
        "The first convolution has another padding. In 2012 there is none, and the image has 227 "
        "pixels; the version 'd2l' pads one pixel and takes 224.",
        (
            edited(with_("conv", 0, p=2)),
            edited(with_("conv", 0, p=2), "2012"),
            edited(with_("conv", 0, p=2), "d2l"),
            edited(with_("conv", 0, p=1)),
            edited(with_("conv", 0, p=0)),
            edited(with_("conv", 0, p=5)),
        ),
    ),
    "first_stride": (
        "The first convolution steps by 4 pixels.",
        (*every(without("s")), *every(with_("conv", 0, s=2))),
    ),
    "pools_do_not_overlap": (
        "AlexNet's pools overlap: windows of 3 × 3 pixels that step by 2.",
        (*every(smaller_pools), *every(stride_forgotten)),
    ),
    "padding_forgotten": (
        "The later convolutions are padded so that they keep the size: 5 × 5 by 2 and 3 × 3 by 1.",
        (
            *every(no_padding_but_first),
            *every(with_("conv", 3, p=1)),
            *every(with_("conv", 3, p=0)),
            *every(lambda place, layer: layer | ({"p": 0} if layer.get("k") == 3 else {})),
        ),
    ),
    "biases_left_out": (
        "AlexNet's layers have biases: leave bias=False out.",
        (*every(with_("conv", bias=False)), *every(with_("linear", bias=False))),
    ),
    "classes": (
        "The last layer has one output for each class: 1000 in 2012, 10 in the version 'd2l'.",
        (
            edited(with_("linear", 18, out=1000)),
            edited(with_("linear", 18, out=10)),
            edited(with_("linear", 18, out=10), "2012"),
        ),
    ),
    "hidden_layer_missing": (
        "There are two hidden linear layers with 4096 features each, and then the last one.",
        (*rebuilt(lambda net: net[:-3] + net[-1:]), pooled_head),
    ),
    "relu_missing": (
        "A ReLU is missing. One follows every convolution and every linear layer but the last.",
        (
            *every(lambda place, layer: None if layer == RELU else layer),
            *every(lambda place, layer: None if layer == RELU and place > 13 else layer),
            *every(lambda place, layer: None if layer == RELU and place < 13 else layer),
            *(
                coding
                for missing in (1, 4, 7, 9, 11, 15, 17)
                for coding in every(lambda place, layer, at=missing: None if place == at else layer)
            ),
        ),
    ),
    "relu_at_the_end": (
        "There is a ReLU behind the last layer, whose scores must be free to be negative.",
        rebuilt(lambda net: [*net, RELU]),
    ),
    "relu_behind_pools": (
        "Your ReLUs stand behind the pools. Here they come before them: convolution, ReLU, pool.",
        rebuilt(relu_behind_pools),
    ),
    "other_pools": (
        "The pools take the largest of 3 × 3 pixels, step by 2 and have no padding.",
        (
            *every(pools_of(lambda: maxpool(3, s=1))),
            *every(pools_of(lambda: maxpool(3, s=2, p=1))),
            *every(pools_of(lambda: avgpool(3, s=2))),
        ),
    ),
    "convolution_missing": (
        "There are five convolutions, with 96, 256, 384, 384 and 256 filters.",
        (
            *rebuilt(lambda net: net[:6] + net[8:]),
            *rebuilt(lambda net: net[:8] + net[10:]),
            *rebuilt(lambda net: net[:10] + net[12:]),
        ),
    ),
    "other_widths": (
        "The convolutions have 96, 256, 384, 384 and 256 filters, the hidden linear layers 4096 "
        "features.",
        (
            *every(with_("conv", 0, out=64)),
            *every(with_("conv", 6, out=256)),
            *every(with_("conv", 8, out=256)),
            *every(with_("conv", 10, out=384)),
            *every(lambda place, layer: layer | ({"out": 2048} if place in (14, 16) else {})),
            *every(lambda place, layer: layer | ({"out": 1024} if place in (14, 16) else {})),
            *every(lambda place, layer: layer | ({"out": 1000} if place == 16 else {})),
        ),
    ),
    "normalized": (
        "AlexNet is older than batch normalization: there is none in it.",
        rebuilt(
            lambda net: [
                made
                for layer in net
                for made in ([layer, {"kind": "bn"}] if layer["kind"] == "conv" else [layer])
            ]
        ),
    ),
    "flatten_missing": (
        "Before the first linear layer the maps are laid in a row: {'kind': 'flatten'}.",
        (
            *every(lambda place, layer: None if layer == FLATTEN else layer),
            *every(lambda place, layer: GAP if layer == FLATTEN else layer),
        ),
    ),
    "pooled_everywhere": (
        "There are three pools only: behind the first, the second and the fifth convolution.",
        (
            pooled_everywhere,
            lambda version: pooled_everywhere(version) if version == "2012" else D2L,
            lambda version: TWO_TOWERS if version == "2012" else pooled_everywhere(version),
            *rebuilt(lambda net: net[:10] + [maxpool(3, s=2)] + net[10:]),
        ),
    ),
    "last_pool_missing": (
        "A pool is missing. There are three: behind the first, the second and the fifth "
        "convolution.",
        (
            *every(lambda place, layer: None if place == 12 else layer),
            *every(lambda place, layer: None if place == 5 else layer),
            *every(lambda place, layer: None if place == 2 else layer),
        ),
    ),
}


def sides(count: Callable[..., int], *, fits: Callable | None = None) -> Callable:
    """A `fitting_sides` with another condition."""
    test = fits or (lambda n, k, room: n + room >= k)

    def fitting_sides(k, s, p, low, high):
        return [n for n in range(low, high + 1) if test(n, k, 2 * p) and count(n, k, s, p) % s == 0]

    return fitting_sides


def left_over(n, k, s, p):
    """How many pixels are left over, times nothing."""
    return n + 2 * p - k


SIDES = {
    "padding_forgotten": (
        "You left the padding out. It is on both sides: n + 2p pixels.",
        (
            sides(lambda n, k, s, p: n - k, fits=lambda n, k, room: n >= k),
            sides(lambda n, k, s, p: n - k),
        ),
    ),
    "padding_on_one_side": (
        "You add the padding once. It is on both sides: n + 2p pixels.",
        (
            sides(lambda n, k, s, p: n + p - k, fits=lambda n, k, room: n + room // 2 >= k),
            sides(lambda n, k, s, p: n + p - k),
        ),
    ),
    "stride_divides_the_side": (
        "You ask whether the stride divides the side. What it must divide is the way that the "
        "window can go, n + 2p - k.",
        (
            sides(lambda n, k, s, p: n),
            sides(lambda n, k, s, p: n + 2 * p),
            sides(lambda n, k, s, p: n + 2 * p - k + 1),
            sides(lambda n, k, s, p: n + 2 * p - k - 1),
            *(
                sides(count, fits=lambda n, k, room: True)
                for count in (lambda n, k, s, p: n, lambda n, k, s, p: n + 2 * p)
            ),
            sides(lambda n, k, s, p: n, fits=lambda n, k, room: n >= k),
            sides(lambda n, k, s, p: n + 2 * p - k + 1, fits=lambda n, k, room: n + room + 1 >= k),
        ),
    ),
    "high_left_out": (
        "`high` itself counts, too. `range` ends one before its end.",
        (
            lambda k, s, p, low, high: sides(left_over)(k, s, p, low, high - 1),
            lambda k, s, p, low, high: sides(left_over)(k, s, p, low + 1, high - 1),
        ),
    ),
    "low_left_out": (
        "`low` itself counts, too.",
        (lambda k, s, p, low, high: sides(left_over)(k, s, p, low + 1, high),),
    ),
    "kernel_divides": (
        "You ask whether the kernel divides the way that is left. The stride must divide it.",
        (lambda k, s, p, low, high: sides(left_over)(k, k, p, low, high),),
    ),
    "stepped_from_low": (
        "You go in steps of the stride from `low`. Whether a side fits depends on k and p: ask "
        "each of them.",
        (
            lambda k, s, p, low, high: list(range(low, high + 1, s)),
            lambda k, s, p, low, high: [n for n in range(low, high + 1, s) if n + 2 * p >= k],
            lambda k, s, p, low, high: [
                n for n in range(low, high + 1, s) if n + 2 * p >= k and (n + 2 * p - k) % s == 0
            ],
            lambda k, s, p, low, high: list(range(max(low, k - 2 * p), high + 1, s)),
        ),
    ),
    "whether_they_fit": (
        "You say of each side whether it fits. Return those that do, in a list.",
        (
            lambda k, s, p, low, high: [
                n + 2 * p >= k and (n + 2 * p - k) % s == 0 for n in range(low, high + 1)
            ],
        ),
    ),
    "another_order": (
        "Return the sides in order, the smallest first.",
        (lambda k, s, p, low, high: sides(left_over)(k, s, p, low, high)[::-1],),
    ),
    "floats": (
        "Return whole numbers: sides of images are ints. A division with / makes floats.",
        (lambda k, s, p, low, high: [float(n) for n in sides(left_over)(k, s, p, low, high)],),
    ),
    "window_does_not_fit": (
        "Where the window is larger than the padded image, there is no map at all: n + 2p must "
        "be at least k.",
        (
            sides(left_over, fits=lambda n, k, room: True),
            sides(left_over, fits=lambda n, k, room: n + room > k),
            sides(left_over, fits=lambda n, k, room: n >= k),
            sides(left_over, fits=lambda n, k, room: n > k),
            sides(lambda n, k, s, p: abs(n + 2 * p - k), fits=lambda n, k, room: True),
        ),
    ),
    "those_that_do_not_fit": (
        "You return the sides at which pixels are left over. Return the others.",
        (
            sides(lambda n, k, s, p: 1 - int((n + 2 * p - k) % s > 0) if s > 1 else 1),
            lambda k, s, p, low, high: [
                n for n in range(low, high + 1) if n + 2 * p >= k and (n + 2 * p - k) % s
            ],
            lambda k, s, p, low, high: [n for n in range(low, high + 1) if (n + 2 * p - k) % s],
        )[1:],
    ),
    "sizes_of_maps": (
        "You return the sizes of the maps, or of the padded images. Return the sides n.",
        (
            lambda k, s, p, low, high: [
                (n + 2 * p - k) // s + 1 for n in sides(left_over)(k, s, p, low, high)
            ],
            lambda k, s, p, low, high: [n + 2 * p for n in sides(left_over)(k, s, p, low, high)],
        ),
    ),
    "one_side": (
        "Return all sides that fit, in a list.",
        (
            lambda k, s, p, low, high: sides(left_over)(k, s, p, low, high)[:1],
            lambda k, s, p, low, high: sides(left_over)(k, s, p, low, high)[-1:],
            lambda k, s, p, low, high: len(sides(left_over)(k, s, p, low, high)),
            lambda k, s, p, low, high: [
                n for n in [low] if n + 2 * p >= k and (n + 2 * p - k) % s == 0
            ],
        ),
    ),
}

MISTAKES = (
    *(Mistake(slug, "alexnet", text, variants) for slug, (text, variants) in LISTED.items()),
    *(Mistake(slug, "fitting_sides", text, variants) for slug, (text, variants) in SIDES.items()),
)
