"""The pattern of 8.3 written out by rules that can be replaced, one mistake at a time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Rules:
    """How a pattern is written out; right unless replaced.

    Args:
        start: the first layers.
        conv: one convolution and what follows it.
        block: one block, from its convolutions, N and pool.
        hidden: one hidden linear layer and what follows it.
        end: the last layers, from N, M, K and pool.
        numbers: what is made of N, M and K before they are used.
    """

    start: tuple[str, ...] = ("INPUT",)
    conv: tuple[str, ...] = ("CONV", "RELU")
    block: Callable = lambda convs, N, pool: convs + ["POOL"] * bool(pool)
    hidden: tuple[str, ...] = ("FC", "RELU")
    end: Callable = lambda N, M, K, pool: ["FC"]
    numbers: Callable = lambda N, M, K: (N, M, K)


def written(**rules) -> Callable[..., list[str]]:
    """An `expand` that follows other rules."""
    own = Rules(**rules)

    def expand(N, M, K, pool=True):
        n, m, k = own.numbers(N, M, K)
        blocks = own.block([*own.conv] * n, n, pool) * m
        return [*own.start, *blocks, *[*own.hidden] * k, *own.end(n, m, k, pool)]

    return expand


right = written()
