"""Known mistakes of 3.2, gathered: those with kinks, those with exponentials, and PReLU's."""

from grader.exercise import Mistake
from grader.mistakes.fully_connected.kinks import KINKS
from grader.mistakes.fully_connected.prelu import PRELU
from grader.mistakes.fully_connected.sigmoid import SIGMOID
from grader.mistakes.fully_connected.softplus import SOFTPLUS
from grader.mistakes.fully_connected.tanh import TANH

MISTAKES = tuple(
    Mistake(slug, function, message, variants)
    for function, told in {**KINKS, **SIGMOID, **TANH, **SOFTPLUS, **PRELU}.items()
    for slug, (message, variants) in told.items()
)
