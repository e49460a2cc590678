"""Penalties on large weights, with their gradients."""

import numpy as np


def l2_penalty(weights, lam):
    """Return lam times the sum of all squares, and 2 * lam * w for each array.

    Shapes:
        weights: a list of arrays of any shapes -> one number, a list of arrays like them.

    Source:
        Goodfellow, Bengio & Courville (2016), section 7.1.1, https://www.deeplearningbook.org;
        without their factor 1/2, as in Keras.
    """
    return lam * sum(np.sum(w * w) for w in weights), [2 * lam * w for w in weights]


def l1_penalty(weights, lam):
    """Return lam times the sum of all sizes, and lam * sign(w) for each array.

    Shapes:
        weights: a list of arrays of any shapes -> one number, a list of arrays like them.

    Source:
        Goodfellow, Bengio & Courville (2016), section 7.1.2, https://www.deeplearningbook.org
    """
    return lam * sum(np.sum(np.abs(w)) for w in weights), [lam * np.sign(w) for w in weights]
