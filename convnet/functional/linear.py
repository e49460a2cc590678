"""A linear layer, in which every output sees every input, forward and backward."""


def linear_forward(x, weight, bias=None):
    """Weigh and add up all inputs, for each output: y = x @ weight.T + bias.

    Shapes:
        x (N, D), weight (M, D), bias (M,) or None -> y (N, M).

    Raises:
        ValueError: the shapes do not go together.
    """
    check_rows(x, weight, bias)
    y = x @ weight.T
    return y if bias is None else y + bias


def linear_backward(dy, x, weight):
    """The loss's gradients by what went into `linear_forward`.

    Shapes:
        dy (N, M), x (N, D), weight (M, D) -> dx (N, D), dweight (M, D), dbias (M,).

    Raises:
        ValueError: dy does not have the shape of y, or as for `linear_forward`.
    """
    check_rows(x, weight, None)
    yshape = len(x), len(weight)
    if dy.shape != yshape:
        raise ValueError(f"dy has shape {dy.shape}, y has shape {yshape}")
    # All rows use the same weight, so each contributes to its gradient.
    return dy @ weight, dy.T @ x, dy.sum(axis=0)


def check_rows(x, weight, bias) -> None:
    """Check that rows, a weight and a bias fit together.

    Raises:
        ValueError: they do not; the message names both sides.
    """
    if x.ndim != 2 or weight.ndim != 2:
        raise ValueError(f"x has {x.ndim} axes and weight has {weight.ndim}, both need 2")
    (M, D) = weight.shape
    if x.shape[1] != D:
        raise ValueError(f"x has D={x.shape[1]} features, weight wants {D}")
    if bias is not None and bias.shape != (M,):
        raise ValueError(f"bias has shape {bias.shape}, weight has M={M} outputs")
