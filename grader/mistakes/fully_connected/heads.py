"""A right count of a head's parameters, whose rules can be spoilt one by one."""

from __future__ import annotations

GAPS = ("gap", "conv1x1+gap")
BOTH = ("fc", "fc4096")


def widths(C, H, W, classes, kind):
    """The number of features before and after each layer."""
    hidden = [4096, 4096] if kind == "fc4096" else []
    return [C if kind in GAPS else C * H * W, *hidden, classes]


def dense(before, after):
    """The numbers of one linear layer."""
    return before * after + after


def head(layer=dense, *, chain=widths, total=sum):
    """A `head_params` with another rule for a layer, for the chain of widths, or the total."""

    def head_params(C, H, W, classes, kind):
        sizes = chain(C, H, W, classes, kind)
        return total([layer(*pair) for pair in zip(sizes, sizes[1:], strict=False)])

    return head_params


def otherwise(kinds, rule):
    """A count that is wrong for some kinds only; the rule gets C, H, W and classes."""

    def head_params(C, H, W, classes, kind):
        if kind in kinds:
            return rule(C, H, W, classes)
        return head()(C, H, W, classes, kind)

    return head_params


def renamed(names):
    """The count of another kind of head."""
    return lambda C, H, W, classes, kind: head()(C, H, W, classes, names.get(kind, kind))


def swapped(rule):
    """A count for another map; the rule gives (C, H, W, classes)."""
    return lambda C, H, W, classes, kind: head()(*rule(C, H, W, classes), kind)


def without_last_bias(C, H, W, classes, kind):
    """No bias in the layer of the classes."""
    return head()(C, H, W, classes, kind) - classes


# The kinds that can share a slip: all, those that begin alike, or a single one.
FLAT_KINDS = ((*BOTH, *GAPS), BOTH, *((kind,) for kind in BOTH))
KINDS = (*FLAT_KINDS, GAPS, *((kind,) for kind in GAPS))


def layer_in(rule, *, of=KINDS):
    """Heads with another rule for a layer: everywhere, or in some of the kinds only."""
    return tuple(_partly(rule, kinds) for kinds in of)


def _partly(rule, kinds):
    return lambda C, H, W, classes, kind: head(rule if kind in kinds else dense)(
        C, H, W, classes, kind
    )


def flattened(features):
    """Heads that flatten a map to another number of features, a function of C, H and W."""

    def chain(C, H, W, classes, kind):
        first, *others = widths(C, H, W, classes, kind)
        return [features(C, H, W) if kind in BOTH else first, *others]

    return head(chain=chain)


def deep(hidden):
    """The head with another list of hidden layers."""

    def chain(C, H, W, classes, kind):
        first, *_, last = widths(C, H, W, classes, kind)
        return [first, *(hidden if kind == "fc4096" else []), last]

    return head(chain=chain)
