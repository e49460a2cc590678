"""Known mistakes of 1.6: shapes and numbers of parameters."""

from grader.exercise import Mistake
from grader.mistakes.convolution.network_rules import (
    with_bn,
    with_both,
    with_conv,
    with_linear,
    with_pool,
    with_rounding,
)

MISTAKES = (
    Mistake(
        "no_bias",
        "describe",
        "The biases are missing. Unless a layer says bias=False, each filter of a convolution "
        "and each output of a linear layer has one: add `out`.",
        with_both(lambda c: c.weights, lambda features, out, bias: features * out),
    ),
    Mistake(
        "bias_always",
        "describe",
        "You counted biases where the layer has none. Look at layer.get('bias', True).",
        with_both(lambda c: c.weights + c.F, lambda features, out, bias: features * out + out),
    ),
    Mistake(
        "no_in_channels",
        "describe",
        "You forgot the channels that arrive at the layer. A filter has a slice of KH * KW "
        "weights for each of them: 16 filters of 2 × 2 pixels on 3 channels have "
        "16·3·2·2 + 16 = 208 parameters, not 16·2·2 + 16 = 80.",
        with_conv(
            lambda c: c.F * c.k + c.F * c.bias,
            lambda c: c.F * c.k // c.groups + c.F * c.bias,
            lambda c: c.F * c.image_channels * c.k // c.groups + c.F * c.bias,
        ),
    ),
    Mistake(
        "biases_miscounted",
        "describe",
        "A convolution has one bias per filter: `out` biases in all. You counted another number, "
        "such as one for each filter and channel. The bias is added once, after the channels "
        "have been summed up.",
        (
            *with_conv(
                lambda c: c.weights + c.F * c.C * c.bias,
                lambda c: c.weights + c.F * c.C // c.groups * c.bias,
                lambda c: c.weights + c.C * c.bias,
                lambda c: c.weights + c.bias,
                lambda c: c.weights + c.weights * c.bias,
                lambda c: c.weights + c.F * c.positions * c.bias,
            ),
            *with_both(
                lambda c: c.weights + c.bias, lambda features, out, bias: features * out + bias
            )[:1],
        ),
    ),
    Mistake(
        "groups_ignored",
        "describe",
        "With groups a filter sees only the channels of its own group, C / groups of them: there "
        "are out * (C // groups) * KH * KW weights.",
        with_conv(
            lambda c: c.F * c.C * c.k + c.F * c.bias,
            lambda c: (c.F // c.groups) * (c.C // c.groups) * c.k + c.F * c.bias,
            lambda c: c.F * c.C * c.k * c.groups + c.F * c.bias,
        ),
    ),
    Mistake(
        "bn_counts_running",
        "describe",
        "You counted the running mean and variance of batch normalization. They are measured, "
        "not learned: buffers, not parameters. Its parameters are 2 * C.",
        with_bn(lambda shape: 4 * shape[0], lambda shape: 4 * shape[0] + 1),
    ),
    Mistake(
        "bn_not_two_per_channel",
        "describe",
        "Batch normalization learns two numbers for each channel, a scale and a shift: it has "
        "2 * C parameters.",
        with_bn(
            lambda shape: 0,
            lambda shape: shape[0],
            lambda shape: 2,
            lambda shape: 2 * shape[0] * shape[1] * shape[2],
            lambda shape: 2 * shape[1] * shape[2],
        ),
    ),
    Mistake(
        "weights_times_positions",
        "describe",
        "You multiplied the weights by the number of positions. A filter uses the same weights "
        "wherever it stands: the number of parameters does not depend on the size of the map.",
        with_conv(
            lambda c: c.weights * c.positions + c.F * c.bias,
            lambda c: (c.weights + c.F * c.bias) * c.positions,
            lambda c: c.weights * c.pixels + c.F * c.bias,
            lambda c: (c.weights + c.F * c.bias) * c.pixels,
        ),
    ),
    Mistake(
        "pool_has_parameters",
        "describe",
        "Pooling has no parameters: it takes a maximum or a mean and learns nothing.",
        with_pool(
            lambda channels, k: k * k,
            lambda channels, k: k * k + 1,
            lambda channels, k: channels * k * k,
            lambda channels, k: channels * k * k + channels,
            lambda channels, k: channels * (channels * k * k),
            lambda channels, k: channels * (channels * k * k + 1),
            lambda channels, k: channels,
            lambda channels, k: 2 * channels,
        ),
    ),
    Mistake(
        "pool_rounding",
        "describe",
        "A pool drops the last window if it does not fit completely, so its output size is "
        "rounded down; only with ceil=True is it rounded up.",
        with_rounding(
            lambda kind, ceil: True,
            lambda kind, ceil: False,
            lambda kind, ceil: ceil or kind == "maxpool",
            lambda kind, ceil: ceil or kind == "avgpool",
            lambda kind, ceil: ceil and kind == "maxpool",
            lambda kind, ceil: ceil and kind == "avgpool",
            lambda kind, ceil: not ceil,
        ),
    ),
    Mistake(
        "linear_inputs_wrong",
        "describe",
        "A linear layer has a weight for each pair of an input and an output, features * out, "
        "plus one bias for each output.",
        with_linear(
            lambda features, out, bias: features + out * bias,
            lambda features, out, bias: features * out + features * bias,
            lambda features, out, bias: out + out * bias,
        ),
    ),
)
