"""Known mistakes of 8.1 in the parameters' gradients: averaged, forgotten or turned."""

from __future__ import annotations

import numpy as np

from grader.mistakes.classic_networks.lenet_rules import changed, lenet

GRADIENTS = {
    "biases_not_summed": (
        "The gradient of a bias is a sum over everything that it was added to: over the images, "
        "and over the pixels behind a convolution. Yours is a mean.",
        (
            lenet(after=lambda grads, x, params: _averaged_biases(grads, x)),
            lenet(after=lambda grads, x, params: _averaged_biases(grads, x, ("conv",))),
            changed(lambda g, x, w: g / len(x), "conv1.bias", "conv2.bias"),
            changed(lambda g, x, w: g / len(x), "fc1.bias", "fc2.bias", "fc3.bias"),
        ),
    ),
    "biases_forgotten": (
        "The gradients of the biases are all zero.",
        (
            changed(lambda g, x, w: 0 * g, "bias"),
            changed(lambda g, x, w: 0 * g, "conv1.bias", "conv2.bias"),
            changed(lambda g, x, w: 0 * g, "fc1.bias", "fc2.bias", "fc3.bias"),
        ),
    ),
    "convolutions_untouched": (
        "The gradients of the convolutions are all zero: go on backward through the pools and "
        "convolutions, too.",
        (
            changed(lambda g, x, w: 0 * g, "conv1.weight", "conv1.bias"),
            changed(
                lambda g, x, w: 0 * g, "conv1.weight", "conv1.bias", "conv2.weight", "conv2.bias"
            ),
        ),
    ),
    "linear_transposed": (
        "The gradient of a linear layer's weight has the shape of the weight, (out, in): "
        "dy.T @ x, not x.T @ dy.",
        (changed(lambda g, x, w: g.T, "fc1.weight", "fc2.weight", "fc3.weight"),),
    ),
    "kernels_turned": (
        "The gradient of the kernels is turned by 180 degrees. The forward pass does not flip "
        "the kernel, so neither does its gradient.",
        (changed(lambda g, x, w: g[:, :, ::-1, ::-1], "conv1.weight", "conv2.weight"),),
    ),
    "decay_added": (
        "There is more in the gradients than the loss: the weights themselves. Weight decay is "
        "the optimiser's work.",
        (
            changed(lambda g, x, w: g + 1e-2 * w, "weight"),
            changed(lambda g, x, w: g + 5e-4 * w),
            changed(lambda g, x, w: g + 1e-4 * w),
            changed(lambda g, x, w: g + 1e-3 * w),
        ),
    ),
    "gradients_clipped": (
        "You clip the gradients. That is for later, when they explode; here they are compared as "
        "they are.",
        (
            changed(lambda g, x, w: np.clip(g, -1, 1)),
            changed(lambda g, x, w: np.clip(g, -0.1, 0.1)),
        ),
    ),
}


def _averaged_biases(grads, x, kinds=("conv", "fc")):
    """The bias gradients of convolutions, or of all layers, as means over images and pixels."""
    H, W = x.shape[2:]
    pixels = {"conv1.bias": H * W, "conv2.bias": (H // 2 - 4) * (W // 2 - 4)}
    return {
        name: grad / (len(x) * pixels.get(name, 1))
        if name.startswith(kinds) and name.endswith("bias")
        else grad
        for name, grad in grads.items()
    }
