"""Known mistakes of 8.3, writing: the pattern with one rule replaced."""

from __future__ import annotations

from grader.exercise import Mistake
from grader.mistakes.classic_networks.expand_rules import right, written


def nested(N, M, K, pool=True):
    """Lists in a list."""
    block = [["CONV", "RELU"] for _ in range(N)] + (["POOL"] if pool else [])
    return ["INPUT", *[block for _ in range(M)], *[["FC", "RELU"]] * K, "FC"]


def all_pools_last(N, M, K, pool=True):
    """First all convolutions, then all pools."""
    return ["INPUT", *["CONV", "RELU"] * N * M, *["POOL"] * M * pool, *["FC", "RELU"] * K, "FC"]


def one_pool(N, M, K, pool=True):
    """One pool behind all blocks."""
    pools = ["POOL"] if pool and M else []
    return ["INPUT", *["CONV", "RELU"] * N * M, *pools, *["FC", "RELU"] * K, "FC"]


def one_pool_always(N, M, K, pool=True):
    """One pool behind all blocks, also if there is none."""
    pools = ["POOL"] if pool else []
    return ["INPUT", *["CONV", "RELU"] * N * M, *pools, *["FC", "RELU"] * K, "FC"]


def flattened(word, *, always):
    """A flatten in front of the linear layers."""

    def expand(N, M, K, pool=True):
        net = right(N, M, K, pool)
        start = len(net) - 2 * K - 1
        return net[:start] + [word] * (always or M > 0) + net[start:]

    return expand


LISTED = {
    "pool_after_every_conv": (
        "You pool after every convolution. The pool stands outside the inner bracket: it comes "
        "once for each block, after its N convolutions.",
        (
            written(block=lambda convs, N, pool: ["CONV", "RELU", *["POOL"] * pool] * N),
            written(block=lambda convs, N, pool: ["CONV", *["POOL"] * pool, "RELU"] * N),
        ),
    ),
    "pools_gathered": (
        "The blocks are not repeated as a whole: there is a pool at the end of each of the M "
        "blocks, before the convolutions of the next one.",
        (all_pools_last, one_pool, one_pool_always),
    ),
    "pool_first": (
        "The pool comes first in your blocks. It follows the convolutions.",
        (written(block=lambda convs, N, pool: ["POOL"] * pool + convs),),
    ),
    "pool_always": (
        "You pool although pool=False.",
        (written(block=lambda convs, N, pool: [*convs, "POOL"]),),
    ),
    "pool_never": (
        "The pools are missing. Unless pool=False, each block ends with one.",
        (
            written(block=lambda convs, N, pool: convs),
            lambda N, M, K, pool=False: right(N, M, K, pool),
        ),
    ),
    "pool_inverted": (
        "It is the other way round: with pool=True each block ends with a pool.",
        (written(block=lambda convs, N, pool: convs + ["POOL"] * (not pool)),),
    ),
    "pool_needs_a_conv": (
        "With N=0 your blocks are empty. Only the convolutions are repeated N times; the pool "
        "stays.",
        (written(block=lambda convs, N, pool: convs + ["POOL"] * bool(pool and N)),),
    ),
    "relu_after_last_fc": (
        "There is a ReLU behind the last linear layer. The last layer gives the scores of the "
        "classes, and a ReLU would cut off the negative ones.",
        (written(end=lambda N, M, K, pool: ["FC", "RELU"]),),
    ),
    "last_fc_counted": (
        "K counts the hidden linear layers only. The last one comes on top, so there are K + 1.",
        (lambda N, M, K, pool=True: right(N, M, max(K - 1, 0), pool),),
    ),
    "last_fc_missing": (
        "The last linear layer is missing: it stands outside of the bracket.",
        (
            written(end=lambda N, M, K, pool: []),
            written(end=lambda N, M, K, pool: ["FC"] if K == 0 else []),
        ),
    ),
    "one_fc_too_many": (
        "There is a linear layer too many: K hidden ones and one at the end.",
        (
            written(end=lambda N, M, K, pool: ["FC", "FC"]),
            written(numbers=lambda N, M, K: (N, M, K + 1)),
        ),
    ),
    "input_missing": (
        "The list begins with the word INPUT, as the pattern does.",
        (written(start=()),),
    ),
    "relu_missing": (
        "A ReLU is missing: one follows each convolution and each hidden linear layer. Without "
        "it, two layers in a row could do no more than one.",
        (
            written(conv=("CONV",)),
            written(hidden=("FC",)),
            written(conv=("CONV",), hidden=("FC",)),
            written(block=lambda convs, N, pool: ["CONV"] * N + ["RELU"] + ["POOL"] * pool),
            written(
                block=lambda convs, N, pool: ["CONV"] * N + ["RELU"] * (N > 0) + ["POOL"] * pool
            ),
            written(
                hidden=("FC",),
                end=lambda N, M, K, pool: ["RELU", "FC"],
            ),
            written(
                hidden=("FC",),
                end=lambda N, M, K, pool: ["RELU"] * (K > 0) + ["FC"],
            ),
            written(block=lambda convs, N, pool: ["CONV"] * N + ["POOL"] * pool + ["RELU"]),
        ),
    ),
    "relu_first": (
        "The ReLU comes before the layer that it belongs to. It follows the layer.",
        (
            written(conv=("RELU", "CONV")),
            written(hidden=("RELU", "FC")),
            written(conv=("RELU", "CONV"), hidden=("RELU", "FC")),
        ),
    ),
    "n_and_m_swapped": (
        "N and M are swapped: N convolutions in each block, and M blocks.",
        (written(numbers=lambda N, M, K: (M, N, K)),),
    ),
    "other_factors_swapped": (
        "K is the number of hidden linear layers, M that of the blocks, N that of the convolutions "
        "in a block. You took them in another order.",
        (
            written(numbers=lambda N, M, K: (N, K, M)),
            written(numbers=lambda N, M, K: (K, M, N)),
            written(numbers=lambda N, M, K: (K, N, M)),
            written(numbers=lambda N, M, K: (M, K, N)),
        ),
    ),
    "one_too_few": (
        "`range(1, n)` runs n - 1 times. To do something n times, write range(n).",
        (
            written(numbers=lambda N, M, K: (max(N - 1, 0), max(M - 1, 0), max(K - 1, 0))),
            written(numbers=lambda N, M, K: (max(N - 1, 0), M, K)),
            written(numbers=lambda N, M, K: (N, max(M - 1, 0), K)),
            written(numbers=lambda N, M, K: (max(N - 1, 0), max(M - 1, 0), K)),
        ),
    ),
    "layers_added": (
        "There is a layer that the pattern does not have. It knows INPUT, CONV, RELU, POOL and FC, "
        "no flatten, softmax or dropout.",
        (
            *(
                written(end=lambda N, M, K, pool, word=word: ["FC", word])
                for word in ("SOFTMAX", "Softmax", "OUTPUT")
            ),
            *(
                flattened(word, always=always)
                for word in ("FLATTEN", "Flatten")
                for always in (True, False)
            ),
        ),
    ),
    "n_ignored": (
        "There is one convolution in each of your blocks. There must be N.",
        (
            written(numbers=lambda N, M, K: (1, M, K)),
            written(numbers=lambda N, M, K: (min(N, 1), M, K)),
        ),
    ),
    "m_ignored": (
        "There is one block only. There must be M.",
        (
            written(numbers=lambda N, M, K: (N, 1, K)),
            written(numbers=lambda N, M, K: (N, min(M, 1), K)),
        ),
    ),
    "zero_taken_for_one": (
        "A factor of 0 means that nothing is there, not one.",
        (
            written(numbers=lambda N, M, K: (max(N, 1), max(M, 1), max(K, 1))),
            written(numbers=lambda N, M, K: (max(N, 1), M, K)),
            written(numbers=lambda N, M, K: (N, max(M, 1), K)),
            written(numbers=lambda N, M, K: (N, M, max(K, 1))),
        ),
    ),
    "nested": (
        "Return one flat list of words, not lists in a list: use extend or + where you append.",
        (
            nested,
            lambda N, M, K, pool=True: [
                "INPUT",
                *[[*["CONV", "RELU"] * N, *["POOL"] * pool] for _ in range(M)],
                *["FC", "RELU"] * K,
                "FC",
            ],
        ),
    ),
    "one_text": (
        "Return a list with one word for each layer, not one long text.",
        (
            lambda N, M, K, pool=True: " -> ".join(right(N, M, K, pool)),
            lambda N, M, K, pool=True: [" -> ".join(right(N, M, K, pool))],
            lambda N, M, K, pool=True: list(" ".join(right(N, M, K, pool))),
        ),
    ),
    "other_words": (
        "The words are INPUT, CONV, RELU, POOL and FC, in capitals.",
        (
            lambda N, M, K, pool=True: [word.lower() for word in right(N, M, K, pool)],
            lambda N, M, K, pool=True: [word.capitalize() for word in right(N, M, K, pool)],
            lambda N, M, K, pool=True: [
                "ReLU" if word == "RELU" else word for word in right(N, M, K, pool)
            ],
        ),
    ),
}

EXPAND = tuple(
    Mistake(slug, "expand", message, variants) for slug, (message, variants) in LISTED.items()
)
