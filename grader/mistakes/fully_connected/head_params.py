"""Known mistakes of 3.6: biases, sizes and layers left out or counted too often."""

from __future__ import annotations

from grader.exercise import Mistake
from grader.mistakes.fully_connected.heads import (
    BOTH,
    FLAT_KINDS,
    GAPS,
    deep,
    dense,
    flattened,
    head,
    layer_in,
    otherwise,
    renamed,
    swapped,
    without_last_bias,
)

MISTAKES = tuple(
    Mistake(slug, "head_params", message, variants)
    for slug, (message, variants) in {
        "bias_forgotten": (
            "Biases are missing. Every layer has one for each of its outputs: inputs * outputs + "
            "outputs.",
            (
                *layer_in(lambda i, o: i * o),
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
                *layer_in(lambda i, o: i * o + i),
                *layer_in(lambda i, o: i * o + 1),
                *layer_in(lambda i, o: i * o + i + o, of=FLAT_KINDS),
                *layer_in(lambda i, o: (i + 1) * (o + 1)),
            ),
        ),
        "bias_counted_twice": (
            "The biases are counted twice. A layer has inputs * outputs weights and one bias for "
            "each output.",
            layer_in(lambda i, o: i * o + 2 * o, of=(*FLAT_KINDS, GAPS, ("gap",))),
        ),
        "bias_per_pixel": (
            "The biases belong to the outputs, not to the pixels: one for each class, whatever H "
            "and W are.",
            (
                otherwise(("conv1x1+gap",), lambda C, H, W, k: C * k + k * H * W),
                otherwise(("conv1x1+gap",), lambda C, H, W, k: C * k + H * W),
                otherwise(GAPS, lambda C, H, W, k: C * k + k * H * W),
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
                otherwise(BOTH[:1], lambda C, H, W, k: dense(C * H * H, k)),
                otherwise(BOTH[:1], lambda C, H, W, k: dense(C * W * W, k)),
                swapped(lambda C, H, W, k: (C, H, 1, k)),
                swapped(lambda C, H, W, k: (C, 1, W, k)),
            ),
        ),
        "channels_forgotten": (
            "The channels are missing. All C maps are flattened, or averaged one by one: C counts "
            "in every head.",
            (
                swapped(lambda C, H, W, k: (1, H, W, k)),
                flattened(lambda C, H, W: H * W),
                otherwise(BOTH[1:], lambda C, H, W, k: head()(1, H, W, k, "fc4096")),
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
                deep([4000, 4000]),
                deep([4096, 4000]),
                otherwise(
                    ("fc4096",),
                    lambda C, H, W, k: dense(C * H * W, 4096) + 4096 + dense(4096, k),
                ),
                otherwise(
                    ("fc4096",),
                    lambda C, H, W, k: dense(C * H * W, 4096) + 4096 * 4096 + dense(4096, k),
                ),
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
        "sizes_added": (
            "You added C, H and W. Flattening a map makes C * H * W numbers: multiply.",
            (
                flattened(lambda C, H, W: C + H + W),
                otherwise(BOTH[:1], lambda C, H, W, k: dense(C + H + W, k)),
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
