"""Known mistakes of 8.1 within a layer, and between one call and the next."""

from __future__ import annotations

import numpy as np

from grader.mistakes.classic_networks.lenet_rules import lenet, mean_loss, relu
from grader.mistakes.classic_networks.parts import conv_back

LAYERS = ("conv1", "conv2", "fc1", "fc2", "fc3")


def unbiased(*names):
    """Some layers without their biases on the way forward."""
    return lenet(bias=lambda name, b: 0 * b if name in names else b)


def masked(change):
    """Another factor on the way back through every ReLU."""
    return lenet(act_back=lambda place, dy, a, masks: dy * change(a))


def turned(w):
    """By 180 degrees."""
    return w[:, :, ::-1, ::-1]


def kernels_turned_back(grads, x, params):
    """The kernels' gradients turned, as a true convolution has them."""
    return {name: turned(grad) if grad.ndim == 4 else grad for name, grad in grads.items()}


def dx_of_turned(dy, x, w, padding):
    """Only dx is computed with the turned kernel."""
    return conv_back(dy, x, turned(w), padding)[0], *conv_back(dy, x, w, padding)[1:]


def overwritten(dy, x, w, padding):
    """dx put, and not added, kernel pixel by kernel pixel."""
    dx = np.zeros_like(x)
    OH, OW = dy.shape[2:]
    for i in range(w.shape[2]):
        for j in range(w.shape[3]):
            dx[:, :, i : i + OH, j : j + OW] = np.einsum("nfhw,fc->nchw", dy, w[:, :, i, j])
    return dx, *conv_back(dy, x, w, padding)[1:]


def overwritten_windows(dy, x, w, padding):
    """dx put, and not added, window by window."""
    dx = np.zeros_like(x)
    KH, KW = w.shape[2:]
    for i in range(dy.shape[2]):
        for j in range(dy.shape[3]):
            window = np.einsum("nf,fcuv->ncuv", dy[:, :, i, j], w)
            dx[:, :, i : i + KH, j : j + KW] = window
    return dx, *conv_back(dy, x, w, padding)[1:]


def guarded(least, *, added):
    """The logarithm of a probability that is never 0."""

    def loss(z, t):
        _, dz = mean_loss(z, t)
        e = np.exp(z - z.max(1, keepdims=True))
        p = (e / e.sum(1, keepdims=True))[np.arange(len(t)), t]
        return -np.log(p + least if added else np.maximum(p, least)).mean(), dz

    return lenet(loss=loss)


def all_rows(z, t):
    """1 taken off in every row, at the places of all classes that are there."""
    loss, dz = mean_loss(z, t)
    dz[np.arange(len(t)), t] += 1 / len(t)
    dz[:, t] -= 1 / len(t)
    return loss, dz


def remembering(change):
    """A LeNet whose gradients depend on an earlier call."""
    right = lenet()

    class LeNet(right):
        def __init__(self, params):
            super().__init__(params)
            self.kept = {}

        def loss_and_grads(self, x, t):
            return change(super().loss_and_grads, self.kept, x, t)

    return LeNet


def added_up(call, kept, x, t):
    """Gradients are added to those of the calls before."""
    loss, grads = call(x, t)
    for name, grad in grads.items():
        kept[name] = kept.get(name, 0) + grad
    return loss, dict(kept)


def first_kept(call, kept, x, t):
    """The first images and labels answer for all."""
    x, t = kept.setdefault("first", (x, t))
    return call(x, t)


GUARDS = (1e-5, 1e-6, 1e-7, 1e-8, 1e-9, 1e-10, 1e-12, 1e-15, 1e-16, 1e-20, 1e-300)

WITHIN = {
    "biases_not_added": (
        "A bias is missing on the way forward: every layer adds its own, params['….bias'].",
        (
            *map(unbiased, LAYERS),
            *(unbiased(*LAYERS), unbiased(*LAYERS[:2]), unbiased(*LAYERS[2:])),
        ),
    ),
    "open_at_zero": (
        "Where the input of a ReLU is exactly 0, no gradient passes: (a > 0), not (a >= 0).",
        (masked(lambda a: a >= 0),),
    ),
    "value_not_slope": (
        "On the way back you multiply by what came out of the ReLU. Its slope is 1 or 0: multiply "
        "by (a > 0).",
        (masked(relu),),
    ),
    "inputs_before_relu": (
        "The gradient of a linear layer's weight is dy.T @ h, where h is what came into the layer: "
        "the numbers behind the ReLU. You took those before it.",
        (
            lenet(seen=lambda name, h, a: a),
            lenet(seen=lambda name, h, a: a if name == "fc2" else h),
            lenet(seen=lambda name, h, a: a if name == "fc3" else h),
        ),
    ),
    "kernels_flipped": (
        "Your kernels are turned by 180 degrees. Deep learning slides them as they are.",
        (
            lenet(kernel=lambda name, w: turned(w)),
            lenet(kernel=lambda name, w: turned(w), kernel_back=turned, after=kernels_turned_back),
        ),
    ),
    "kernel_not_turned_back": (
        "On the way back to the input of conv2, each number of dy goes back through the kernel "
        "pixel that it came from. Yours goes through the one opposite: as a sliding window over "
        "dy, the kernel is turned by 180 degrees.",
        (lenet(conv_back=dx_of_turned),),
    ),
    "overlaps_overwritten": (
        "Windows overlap, and a pixel gets a gradient from each: add with +=, do not put with =.",
        (lenet(conv_back=overwritten), lenet(conv_back=overwritten_windows)),
    ),
    "logarithm_guarded": (
        "A small number keeps the logarithm away from 0, and changes the loss. Take the logarithm "
        "of the softmax as a whole: z - max - log(sum(exp(z - max))), which is never infinite.",
        (
            *(guarded(least, added=True) for least in GUARDS),
            *(guarded(least, added=False) for least in GUARDS),
        ),
    ),
    "every_row_lowered": (
        "`p[:, t] -= 1` takes 1 off in every row, at the classes of all images. Each row has one "
        "class: p[np.arange(N), t] -= 1.",
        (lenet(loss=all_rows),),
    ),
    "gradients_added_up": (
        "Your gradients add up from call to call. Each call answers for its own images: begin with "
        "a new dict.",
        (remembering(added_up),),
    ),
    "first_images_kept": (
        "A second call still answers for the images of the first. Compute everything anew from "
        "the x and t that you are given.",
        (remembering(first_kept),),
    ),
}
