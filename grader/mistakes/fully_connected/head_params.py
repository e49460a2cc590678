"""Known mistakes of 3.6: biases, sizes and layers left out or counted too often."""

from __future__ import annotations

from grader.exercise import Mistake

GAPS = ("gap", "conv1x1+gap")
BOTH = ("fc", "fc4096")


def widths(C, H, W, classes, kind):
    """The number of features before and after each layer."""
    hidden = [4096, 4096] if kind == "fc4096" else []
    return [C if kind in GAPS else C * H * W, *hidden, classes]


def dense(before, after):
    """The numbers of one linear layer."""
    return before * after + after


def head(layer=dense, *, chain=widths, total=sum):
    """A `head_params` with another rule for a layer, for the chain of widths, or the total."""

    def head_params(C, H, W, classes, kind):
        sizes = chain(C, H, W, classes, kind)
        return total([layer(*pair) for pair in zip(sizes, sizes[1:], strict=False)])

    return head_params


def otherwise(kinds, rule):
    """A count that is wrong for some kinds only; the rule gets C, H, W and classes."""

    def head_params(C, H, W, classes, kind):
        if kind in kinds:
            return rule(C, H, W, classes)
        return head()(C, H, W, classes, kind)

    return head_params


def renamed(names):
    """The count of another kind of head."""
    return lambda C, H, W, classes, kind: head()(C, H, W, classes, names.get(kind, kind))


def swapped(rule):
    """A count for another map; the rule gives (C, H, W, classes)."""
    return lambda C, H, W, classes, kind: head()(*rule(C, H, W, classes), kind)


def without_last_bias(C, H, W, classes, kind):
    """No bias in the layer of the classes."""
    return head()(C, H, W, classes, kind) - classes


KINDS = (BOTH, ("fc",), ("fc4096",), GAPS, ("gap",), ("conv1x1+gap",))


def no_bias_in(kinds):
    """No biases in some kinds."""
    return lambda C, H, W, classes, kind: head((lambda i, o: i * o) if kind in kinds else dense)(
        C, H, W, classes, kind
    )


def deep(hidden):
    """The head with another list of hidden layers."""

    def chain(C, H, W, classes, kind):
        first, *_, last = widths(C, H, W, classes, kind)
        return [first, *(hidden if kind == "fc4096" else []), last]

    return head(chain=chain)


MISTAKES = tuple(
    Mistake(slug, "head_params", message, variants)
    for slug, (message, variants) in {
        "bias_forgotten": (
            "Biases are missing. Every layer has one for each of its outputs: inputs * outputs + "
            "outputs.",
            (
                head(lambda i, o: i * o),
                *(no_bias_in(kinds) for kinds in KINDS),
                without_last_bias,
                otherwise(
                    ("fc4096",),
                    lambda C, H, W, k: C * H * W * 4096 + 4096 * 4096 + dense(4096, k),
                ),
            ),
        ),
        "bias_per_input": (
            "You counted a bias for each input, or one for the whole layer. There is one for each "
            "output: inputs * outputs + outputs.",
            (
                head(lambda i, o: i * o + i),
                head(lambda i, o: i * o + 1),
                head(lambda i, o: i * o + i + o),
            ),
        ),
        "pixels_forgotten": (
            "H * W is missing. Flattening makes C * H * W features, and each output weighs all of "
            "them.",
            (
                renamed({"fc": "gap"}),
                lambda C, H, W, classes, kind: head()(C, 1, 1, classes, kind),
                lambda C, H, W, classes, kind: head()(
                    C, *((1, 1) if kind == "fc4096" else (H, W)), classes, kind
                ),
            ),
        ),
        "one_side_squared": (
            "The map need not be square. It has H * W pixels, not H * H or W * W or H + W.",
            (
                swapped(lambda C, H, W, k: (C, H, H, k)),
                swapped(lambda C, H, W, k: (C, W, W, k)),
                swapped(lambda C, H, W, k: (C, H + W, 1, k)),
                swapped(lambda C, H, W, k: (C, H, 1, k)),
                swapped(lambda C, H, W, k: (C, 1, W, k)),
            ),
        ),
        "channels_forgotten": (
            "The channels are missing. All C maps are flattened, or averaged one by one: C counts "
            "in every head.",
            (
                swapped(lambda C, H, W, k: (1, H, W, k)),
                otherwise(BOTH[:1], lambda C, H, W, k: dense(H * W, k)),
                otherwise(GAPS, lambda C, H, W, k: dense(1, k)),
            ),
        ),
        "hidden_once": (
            "There are two hidden layers of 4096. Between them lie 4096 * 4096 weights and 4096 "
            "biases more.",
            (deep([4096]),),
        ),
        "hidden_miscounted": (
            "The hidden layers are counted wrongly. Go from layer to layer: C * H * W to 4096, "
            "4096 to 4096, 4096 to the classes.",
            (
                deep([]),
                deep([4096] * 3),
                deep([4096, 1000]),
                deep([4096, 1024]),
                deep([1000, 1000]),
                otherwise(("fc4096",), lambda C, H, W, k: dense(C * H * W, 4096)),
                otherwise(
                    ("fc4096",), lambda C, H, W, k: dense(C * H * W, 4096) + dense(4096, 4096)
                ),
                otherwise(
                    ("fc4096",), lambda C, H, W, k: 2 * dense(C * H * W, 4096) + dense(4096, k)
                ),
                otherwise(("fc4096",), lambda C, H, W, k: dense(4096, 4096) + dense(4096, k)),
                otherwise(
                    ("fc4096",),
                    lambda C, H, W, k: (
                        dense(C * H * W, 4096) + dense(4096, 4096) + dense(C * H * W, k)
                    ),
                ),
            ),
        ),
        "hidden_everywhere": (
            "The hidden layers belong to 'fc4096' only. 'fc' goes straight to the classes.",
            (renamed({"fc": "fc4096"}),),
        ),
        "gap_with_pixels": (
            "Global average pooling leaves one number for each channel, whatever H and W are. The "
            "layer behind it has C inputs.",
            (
                renamed({"gap": "fc"}),
                renamed({"gap": "fc", "conv1x1+gap": "fc"}),
            ),
        ),
        "gap_learns": (
            "Global average pooling learns nothing: it takes a mean. Count only the layer beside "
            "it.",
            (
                otherwise(GAPS, lambda C, H, W, k: dense(C, k) + C),
                otherwise(("gap",), lambda C, H, W, k: dense(C, k) + C),
                otherwise(GAPS, lambda C, H, W, k: dense(C, k) + C * H * W),
                otherwise(GAPS, lambda C, H, W, k: dense(C, k) + H * W),
                otherwise(("conv1x1+gap",), lambda C, H, W, k: dense(C, k) + k),
            ),
        ),
        "gap_layer_forgotten": (
            "Only the pooling has no parameters. The linear layer or the 1 × 1 convolution beside "
            "it has some: C * classes + classes.",
            (
                otherwise(GAPS, lambda C, H, W, k: 0),
                otherwise(("gap",), lambda C, H, W, k: 0),
                otherwise(("conv1x1+gap",), lambda C, H, W, k: 0),
            ),
        ),
        "linear_after_pooling": (
            "Behind 'conv1x1+gap' stands no further layer: the convolution makes one map for each "
            "class, and its mean is the score.",
            (
                otherwise(("conv1x1+gap",), lambda C, H, W, k: dense(C, k) + dense(k, k)),
                otherwise(("conv1x1+gap",), lambda C, H, W, k: dense(C, C) + dense(C, k)),
                otherwise(("conv1x1+gap",), lambda C, H, W, k: dense(C, C)),
            ),
        ),
        "conv_per_position": (
            "The weights of the 1 × 1 convolution are shared by all pixels. Its number of "
            "parameters does not depend on H and W.",
            (
                otherwise(("conv1x1+gap",), lambda C, H, W, k: dense(C, k) * H * W),
                otherwise(("conv1x1+gap",), lambda C, H, W, k: C * k * H * W + k),
            ),
        ),
        "conv_3x3": (
            "The kernel has one pixel. A 1 × 1 convolution has C weights for each class.",
            (
                otherwise(("conv1x1+gap",), lambda C, H, W, k: 9 * C * k + k),
                otherwise(("conv1x1+gap",), lambda C, H, W, k: 2 * k),
                otherwise(("conv1x1+gap",), lambda C, H, W, k: 1 * k),
                otherwise(("conv1x1+gap",), lambda C, H, W, k: 2),
            ),
        ),
        "extra_class": (
            'There is one output for each class, none for "nothing of these". Do not add 1, nor '
            "subtract it.",
            (
                swapped(lambda C, H, W, k: (C, H, W, k + 1)),
                swapped(lambda C, H, W, k: (C, H, W, k - 1)),
            ),
        ),
        "not_one_number": (
            "You returned a number for each layer. Add them up, and return one int.",
            (
                head(total=list),
                head(total=tuple),
            ),
        ),
        "added_not_multiplied": (
            "A linear layer has a weight for each pair of an input and an output: multiply the two "
            "numbers.",
            (
                head(lambda i, o: i + o),
                head(lambda i, o: i + 2 * o),
                head(lambda i, o: i * i + o),
            ),
        ),
    }.items()
)
