"""Slips of 7.1 with the velocity, and with Nesterov's look ahead."""

from __future__ import annotations

from grader.mistakes.adam.returned import Known
from grader.mistakes.adam.spoilt import remember, sgd


def ema(first: float | None = None):
    """A velocity that averages; the first one may be weighted in its own way."""

    def v(c):
        weight = 1 - c.momentum if first is None or "v" in c.state else first
        return c.momentum * c.before + weight * c.grad

    return v


def previous(c):
    """The gradient of the step before; 0 at first."""
    return c.old("last", 0 * c.g)


VELOCITY: Known = {
    "note_version": (
        "That is the note's formula: the gradient of the step before, no learning rate, and a "
        "plus sign. Use v = momentum * v + g and w - lr * v.",
        (
            sgd(
                v=lambda c: c.momentum * c.before + (1 - c.momentum) * previous(c),
                last=lambda c: c.state.update(last=c.grad),
                new=lambda c: c.w + c.way,
            ),
        ),
    ),
    "ema": (
        "You average gradients with (1 - momentum); torch adds them: v = momentum * v + g.",
        (
            sgd(v=ema()),
            sgd(v=ema(first=1.0)),
            sgd(v=ema(), ahead=lambda c: (1 - c.momentum) * c.grad + c.momentum * c.v),
            sgd(
                v=ema(first=1.0),
                ahead=lambda c: (1 - c.momentum) * c.grad + c.momentum * c.v,
            ),
        ),
    ),
    "first_step_dampened": (
        "The first velocity is too small. At the first step v is the gradient itself, undamped.",
        (
            sgd(v=lambda c: c.momentum * c.before + c.grad * (1 if c.state else 1 - c.momentum)),
            sgd(v=lambda c: c.momentum * c.before + c.grad * (1 if c.state else c.momentum)),
        ),
    ),
    "first_gradient_twice": (
        "The first gradient counts twice. v begins at 0: in the first step it is g, and no more.",
        (sgd(before=lambda c: c.old("v", c.grad)),),
    ),
    "later_gradients_lost": (
        "After the first step no gradient reaches the velocity. Add g in every step, and mind "
        "that `a if b else c + g` adds it in one case only: put parentheses around the choice.",
        (sgd(v=lambda c: c.momentum * c.before if "v" in c.state else c.grad),),
    ),
    "velocity_from_w": (
        "You take the velocity from how w has moved. That contains lr, and whatever else has "
        "happened to w: keep v = momentum * v + g in the state.",
        (
            sgd(
                v=lambda c: c.momentum * (c.old("w", c.w) - c.w) + c.lr * c.grad,
                kept=remember("w"),
                ahead=lambda c: c.lr * c.grad + c.momentum * c.v,
                step=lambda c: c.way,
            ),
        ),
    ),
    "weights_swapped": (
        "momentum weighs the wrong part. It says how much of the old velocity stays: "
        "v = momentum * v + g.",
        (
            sgd(v=lambda c: (1 - c.momentum) * c.before + c.momentum * c.grad),
            sgd(v=lambda c: c.before + c.momentum * c.grad),
            sgd(v=lambda c: c.momentum * (c.before + c.grad)),
            sgd(v=lambda c: c.momentum * (c.before + c.grad) if c.momentum else c.grad),
            sgd(v=lambda c: (1 - c.momentum) * c.before + c.grad),
        ),
    ),
    "no_friction": (
        "The old velocity is kept in full. It fades: v = momentum * v + g.",
        (sgd(v=lambda c: c.before + c.grad),),
    ),
    "v_subtracted": (
        "The gradient is taken off the velocity. Add it, v = momentum * v + g, and take lr * v "
        "off w.",
        (
            sgd(v=lambda c: c.momentum * c.before - c.grad),
            sgd(v=lambda c: c.grad - c.momentum * c.before),
        ),
    ),
    "momentum_ignored": (
        "momentum makes no difference. Keep a velocity in the state: v = momentum * v + g, and "
        "step along v.",
        (
            sgd(v=lambda c: c.grad, ahead=lambda c: c.grad),
            sgd(v=lambda c: c.grad if not c.nesterov else c.momentum * c.before + c.grad),
        ),
    ),
    "velocity_not_kept": (
        "The velocity is not kept from step to step. Store it in the state: "
        'state["v"] = momentum * state.get("v", 0) + g.',
        (sgd(kept=lambda _: None), sgd(kept=lambda c: c.state.update(v=0 * c.v))),
    ),
    "last_gradient_only": (
        "You keep the last gradient, not the velocity. Store v itself, which holds all the "
        "gradients so far.",
        (sgd(kept=lambda c: c.state.update(v=c.grad)),),
    ),
    "step_kept": (
        "You keep the velocity already multiplied by lr. Keep v itself, and multiply by lr when "
        "you change w.",
        (sgd(kept=lambda c: c.state.update(v=c.lr * c.v)),),
    ),
    "v_contains_lr": (
        "Your velocity contains lr. That is the same only as long as lr does not change: let v "
        "hold gradients alone, and multiply by lr when you change w.",
        (
            sgd(
                v=lambda c: c.momentum * c.before + c.lr * c.grad,
                ahead=lambda c: c.lr * c.grad + c.momentum * c.v,
                step=lambda c: c.way,
            ),
        ),
    ),
    "lr_in_both": (
        "lr is in the velocity and in the step. Multiply once, in the step: v = momentum * v + g, "
        "then w - lr * v.",
        (
            sgd(v=lambda c: c.momentum * c.before + c.lr * c.grad),
            sgd(
                v=lambda c: c.momentum * c.before + c.lr * c.grad,
                ahead=lambda c: c.lr * c.grad + c.momentum * c.v,
            ),
        ),
    ),
    "old_velocity": (
        "You step along the velocity of the step before. Update v first, then step along it.",
        (
            sgd(way=lambda c: c.before),
            sgd(way=lambda c: c.grad + c.momentum * c.before if c.nesterov else c.before),
        ),
    ),
    "prev_grad": (
        "You use the gradient of the step before. Use the g that you are given.",
        (
            sgd(
                v=lambda c: c.momentum * c.before + previous(c),
                ahead=lambda c: previous(c) + c.momentum * c.v,
                last=lambda c: c.state.update(last=c.grad),
            ),
            sgd(
                v=lambda c: c.momentum * c.before + (previous(c) if c.momentum else c.grad),
                last=lambda c: c.state.update(last=c.grad),
            ),
        ),
    ),
    "momentum_fixed": (
        "momentum is a fixed number. Use the argument momentum: some cases give another one.",
        tuple(
            sgd(
                v=lambda c, m=m: (m if c.momentum else 0) * c.before + c.grad,
                ahead=lambda c, m=m: c.grad + m * c.v,
            )
            for m in (0.9, 0.5)
        ),
    ),
    "momentum_of_t": (
        "momentum changes from step to step. It is the same number in every step.",
        (
            sgd(
                t=lambda c: c.state.update(t=c.old("t", 0) + 1),
                v=lambda c: c.momentum ** (c.old("t", 0) + 1) * c.before + c.grad,
            ),
        ),
    ),
}

NESTEROV: Known = {
    "nesterov_ignored": (
        "nesterov makes no difference. With nesterov=True step along g + momentum * v.",
        (sgd(way=lambda c: c.v),),
    ),
    "nesterov_always": (
        "You always look ahead. Step along g + momentum * v only if nesterov is True, else along "
        "v.",
        (sgd(way=lambda c: c.ahead),),
    ),
    "nesterov_old_velocity": (
        "With nesterov you use the velocity of the step before. Update v first, then take "
        "g + momentum * v.",
        (
            sgd(ahead=lambda c: c.grad + c.momentum**2 * c.before),
            sgd(ahead=lambda c: c.v + c.momentum * c.before),
        ),
    ),
    "nesterov_without_g": (
        "With nesterov the gradient is missing. Step along g + momentum * v.",
        (sgd(ahead=lambda c: c.momentum * c.v),),
    ),
    "nesterov_without_momentum": (
        "With nesterov the velocity is not multiplied by momentum. Step along g + momentum * v.",
        (sgd(ahead=lambda c: c.grad + c.v),),
    ),
    "nesterov_of_v": (
        "With nesterov the velocity takes the gradient's place. Step along g + momentum * v.",
        (
            sgd(ahead=lambda c: c.v + c.momentum * c.v),
            sgd(ahead=lambda c: c.v + c.momentum * c.grad),
            sgd(ahead=lambda c: c.momentum * c.grad + c.v),
        ),
    ),
    "nesterov_kept": (
        "The look ahead is stored as the velocity. Keep v = momentum * v + g in the state, and "
        "use g + momentum * v for this step alone.",
        (
            sgd(
                kept=lambda _: None,
                last=lambda c: c.state.update(v=c.ahead if c.nesterov else c.v),
            ),
        ),
    ),
    "nesterov_not_first": (
        "With nesterov the first step does not look ahead. Step along g + momentum * v from the "
        "first step on: v is g there.",
        (
            sgd(
                ahead=lambda c: c.grad + (c.momentum * c.v if "first" in c.state else 0),
                last=lambda c: c.state.update(first=True),
            ),
        ),
    ),
    "nesterov_subtracted": (
        "With nesterov the velocity is taken off. Step along g + momentum * v.",
        (sgd(ahead=lambda c: c.grad - c.momentum * c.v),),
    ),
    "nesterov_undecayed": (
        "With nesterov the decay is missing in g. Use the same g, with weight_decay * w, in v and "
        "in g + momentum * v.",
        (sgd(ahead=lambda c: c.g + c.momentum * c.v),),
    ),
}
