"""Known mistakes of 8.7 in the gradients of a block's weights and biases."""

from __future__ import annotations

from grader.mistakes.classic_networks.block_rules import backward


def changed(change, *ends):
    """The gradients of some parameters changed in the end."""

    def after(grads, x, numbers):
        return {
            name: change(grad, x) if name.endswith(ends) else grad for name, grad in grads.items()
        }

    return backward(after=after)


def averaged(*ends):
    """The gradients of some parameters as means over images and pixels."""

    def after(grads, x, numbers):
        return {name: g / numbers if name.endswith(ends) else g for name, g in grads.items()}

    return backward(after=after)


def swapped(one, other):
    """Two gradients of the same shape under each other's names."""

    def after(grads, x, numbers):
        return grads | {one: grads[other], other: grads[one]}

    return backward(after=after)


AVERAGED = {
    "sums_averaged": (
        "The gradients of weights and biases are sums over images and pixels, not means.",
        (
            averaged("bn1.weight", "bn1.bias", "bn2.weight", "bn2.bias"),
            averaged("bn1.bias", "bn2.bias"),
            averaged("bn1.weight", "bn2.weight"),
            averaged("shortcut.bias"),
            averaged("bias"),
        ),
    ),
}

PARAMETERS = {
    "parameters_averaged": (
        "You divide by the number of images. The mean belongs to the loss, and dy has it already.",
        (
            changed(lambda g, x: g / len(x), "weight", "bias"),
            changed(lambda g, x: g / len(x), "conv1.weight", "conv2.weight"),
            changed(lambda g, x: g / len(x), "bias"),
            changed(lambda g, x: g / len(x), "bn1.weight", "bn1.bias", "bn2.weight", "bn2.bias"),
        ),
    ),
    "shortcut_parameters_forgotten": (
        "The 1 × 1 convolution on the shortcut learns as well: its weight and its bias have "
        "gradients.",
        (
            changed(lambda g, x: 0 * g, "shortcut.weight", "shortcut.bias"),
            changed(lambda g, x: 0 * g, "shortcut.bias"),
            changed(lambda g, x: 0 * g, "shortcut.weight"),
        ),
    ),
    "norms_swapped": (
        "The gradients of the two normalizations are swapped.",
        (
            swapped("bn1.weight", "bn2.weight"),
            swapped("bn1.bias", "bn2.bias"),
            lambda *arguments, **options: _both(*arguments, **options),
        ),
    ),
    "weight_and_bias_swapped": (
        "The gradients of a normalization's weight and bias are swapped.",
        (
            swapped("bn1.weight", "bn1.bias"),
            swapped("bn2.weight", "bn2.bias"),
            lambda *arguments, **options: _crossed(*arguments, **options),
        ),
    ),
    "kernels_turned": (
        "The gradient of the kernels is turned by 180 degrees. The forward pass does not flip "
        "the kernel, so neither does its gradient.",
        (changed(lambda g, x: g[:, :, ::-1, ::-1], "conv1.weight", "conv2.weight"),),
    ),
}


def _both(dy, x, params, stride=1):
    dx, grads = backward()(dy, x, params, stride)
    names = {"bn1": "bn2", "bn2": "bn1"}
    return dx, {name: grads[names.get(name[:3], name[:3]) + name[3:]] for name in grads}


def _crossed(dy, x, params, stride=1):
    dx, grads = backward()(dy, x, params, stride)
    names = {"weight": "bias", "bias": "weight"}
    return dx, {
        name: grads[f"{name[:4]}{names[name[4:]]}"] if name.startswith("bn") else grads[name]
        for name in grads
    }
