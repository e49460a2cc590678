"""A convolution as a layer: kernels and biases that are learned."""

from functools import partial

import numpy as np

from convnet.functional.conv import conv2d_backward, conv2d_forward
from convnet.functional.windows import pair
from convnet.initialisation import uniform_by_fan_in


class Conv2d:
    """Slide out_channels kernels over a batch of images.

    Shapes:
        x (N, C, H, W), weight (F, C / groups, KH, KW), bias (F,) -> y (N, F, OH, OW),
        where C is in_channels, F is out_channels and
        OH = (H + 2 * padding - dilation * (KH - 1) - 1) // stride + 1, OW likewise.

    Args:
        in_channels, out_channels: C and F.
        kernel_size, stride, padding, dilation: a number, or a pair for rows and columns.
        groups: how many blocks of channels there are; a filter sees one of them.
        bias: whether each filter adds a number of its own.
        dtype: of the parameters. An x of another dtype follows NumPy's rules for mixing.
        rng: a `numpy.random.Generator` for the first parameters.

    Raises:
        ValueError: the options do not go together.

    Source:
        Dumoulin & Visin (2016), section 2, https://arxiv.org/abs/1603.07285
    """

    def __init__(
        self,
        in_channels,
        out_channels,
        kernel_size,
        stride=1,
        *,
        padding=0,
        dilation=1,
        groups=1,
        bias=True,
        dtype=np.float32,
        rng,
    ) -> None:
        if groups < 1 or in_channels % groups or out_channels % groups:
            channels = f"in_channels={in_channels} and out_channels={out_channels}"
            raise ValueError(f"groups={groups} does not divide both {channels}")
        self.options = {
            "stride": pair(stride, "stride"),
            "padding": pair(padding, "padding", least=0),
            "dilation": pair(dilation, "dilation"),
            "groups": groups,
        }
        shape = (out_channels, in_channels // groups, *pair(kernel_size, "kernel_size"))
        fan_in = int(np.prod(shape[1:]))
        draw = partial(uniform_by_fan_in, rng, fan_in=fan_in, dtype=dtype)
        self.params = {"weight": draw(shape)}
        if bias:
            self.params["bias"] = draw((out_channels,))
        self.grads = {name: np.zeros_like(value) for name, value in self.params.items()}
        self.x = None

    def forward(self, x):
        """Return y, and keep x for `backward`: do not change x in between.

        Raises:
            ValueError: x does not fit the weight.
        """
        self.x = x
        return conv2d_forward(x, self.params["weight"], self.params.get("bias"), **self.options)

    def backward(self, dy):
        """Set `grads` (anew: nothing adds up from call to call) and return dx.

        Shapes:
            dy (N, F, OH, OW) -> dx (N, C, H, W).

        Raises:
            ValueError: dy does not have the shape of y, or there was no `forward`.
        """
        if self.x is None:
            raise ValueError("backward needs the x of a forward call, and there was none")
        dx, dweight, dbias = conv2d_backward(dy, self.x, self.params["weight"], **self.options)
        gradients = {"weight": dweight, "bias": dbias}
        self.grads = {name: gradients[name] for name in self.params}
        return dx
