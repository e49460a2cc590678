"""Known mistakes of 8.5 in counting what a stack of small kernels costs."""

from __future__ import annotations

from grader.exercise import Mistake


def layers(k):
    """How many 3 × 3 layers see k × k pixels."""
    return (k - 1) // 2


LISTED = {
    "pixels_instead_of_rings": (
        "Each 3 × 3 layer behind the first widens the view by 2 pixels: n of them see 2n + 1.",
        (
            lambda k, C: (k // 3, 9 * C * C * (k // 3), k * k * C * C),
            lambda k, C: (k - 2, 9 * C * C * (k - 2), k * k * C * C),
            lambda k, C: (-(-k // 3), 9 * C * C * -(-k // 3), k * k * C * C),
            lambda k, C: (k - 1, 9 * C * C * (k - 1), k * k * C * C),
            lambda k, C: ((k + 1) // 2, 9 * C * C * ((k + 1) // 2), k * k * C * C),
            lambda k, C: (max((k - 1) // 2, 1), 9 * C * C * max((k - 1) // 2, 1), k * k * C * C),
            lambda k, C: (-(-(k - 1) // 3), 9 * C * C * -(-(k - 1) // 3), k * k * C * C),
        ),
    ),
    "channels_counted_once": (
        "Each of the C filters has a kernel for each of the C channels: C * C kernels in a layer.",
        (
            lambda k, C: (layers(k), 9 * C * layers(k), k * k * C),
            lambda k, C: (layers(k), 9 * layers(k), k * k),
            lambda k, C: (layers(k), 9 * C * C * layers(k), k * k * C),
            lambda k, C: (layers(k), 9 * C * layers(k), k * k * C * C),
        ),
    ),
    "biases_counted": (
        "Count the weights only, without biases.",
        (
            lambda k, C: (layers(k), (9 * C * C + C) * layers(k), k * k * C * C + C),
            lambda k, C: (layers(k), (9 * C + 1) * C * layers(k), k * k * C * C),
            lambda k, C: (layers(k), 9 * C * C * layers(k), k * k * C * C + C),
        ),
    ),
    "one_layer_counted": (
        "You counted the weights of one 3 × 3 layer. Count those of the whole stack.",
        (lambda k, C: (layers(k), 9 * C * C, k * k * C * C),),
    ),
    "another_order": (
        "Return the layers, the weights of the stack and those of the single layer, in this order.",
        (
            lambda k, C: (layers(k), k * k * C * C, 9 * C * C * layers(k)),
            lambda k, C: (9 * C * C * layers(k), k * k * C * C, layers(k)),
            lambda k, C: (9 * C * C * layers(k), k * k * C * C),
        ),
    ),
    "kernel_not_squared": (
        "A k × k kernel has k * k weights.",
        (
            lambda k, C: (layers(k), 9 * C * C * layers(k), k * C * C),
            lambda k, C: (layers(k), 3 * C * C * layers(k), k * C * C),
            lambda k, C: (layers(k), 3 * C * C * layers(k), k * k * C * C),
        ),
    ),
    "shares_instead_of_counts": (
        "Return the numbers of weights, not how they compare.",
        (
            lambda k, C: (layers(k), 9 * layers(k), k * k) if C > 1 else (layers(k), 1, 1),
            lambda k, C: (
                layers(k),
                9 * C * C * layers(k),
                9 * C * C * layers(k) / (k * k * C * C),
            ),
        )[1:],
    ),
}

STACK_OF_3X3 = tuple(
    Mistake(slug, "stack_of_3x3", message, variants) for slug, (message, variants) in LISTED.items()
)
