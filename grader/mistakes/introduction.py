"""Known mistakes of the introduction."""

import numpy as np

from grader.exercise import Mistake

ADD_BIAS = (
    Mistake(
        "bias_missing",
        "add_bias",
        "The bias is missing: your result equals x. Return x + b.",
        (lambda x, b: x.copy(),),
    ),
    Mistake(
        "bias_subtracted",
        "add_bias",
        "The bias is subtracted. Add it: x + b.",
        (lambda x, b: x - b,),
    ),
    Mistake(
        "bias_down_the_rows",
        "add_bias",
        "The bias runs down the rows: row n got b[n]. Each column d needs b[d]; x + b does that.",
        (lambda x, b: x + b[:, None],),
    ),
    Mistake(
        "bias_sum",
        "add_bias",
        "Every element got the sum of all biases. Each column d needs only b[d].",
        (lambda x, b: x + np.sum(b),),
    ),
)

MISTAKES = {"add_bias": ADD_BIAS}
