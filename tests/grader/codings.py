"""What every coding of every known mistake does on the cases of its function, tried only once."""

from functools import cache

from grader.alike import alike
from grader.diagnose import Trial, attempt
from grader.exercises import find
from grader.expected import live_outputs
from grader.mistakes import mistakes_of
from grader.run import Outcome

# Every mistake meets every case in several tests, and always does the same.
remembered = cache(attempt)


@cache
def plain_cases(slug, function, seed):
    """The float64 cases of a function with torch's outputs."""
    exercise = find(slug)
    chosen = [c for c in exercise.cases(seed) if (c.function, c.dtype) == (function, "float64")]
    chosen = [case for case in chosen if not case.views]
    return list(zip(chosen, live_outputs(exercise, chosen), strict=True))


@cache
def codings(slug, function, seed):
    """For each coding of each mistake its trials, as the diagnosis sees them."""
    rtol, atol = find(slug).limits("float64")
    found = {}
    for mistake in mistakes_of(find(slug)):
        for i, variant in enumerate(mistake.variants if mistake.function == function else ()):
            found[mistake.slug, i] = trials = []
            for case, right in plain_cases(slug, function, seed):
                value, raised = remembered(variant, case)
                outcome = (
                    Outcome(problem="crash", detail=raised) if raised else Outcome(value=value)
                )
                passed = not raised and alike(value, right, rtol=rtol, atol=atol)
                trials.append(Trial(case, outcome, right, passed=passed))
    return found


def agree(one, two):
    """Whether two codings do the same throughout."""
    return all(
        a.outcome.problem == b.outcome.problem
        and (a.outcome.problem or alike(a.outcome.value, b.outcome.value, rtol=1e-9, atol=1e-11))
        for a, b in zip(one, two, strict=True)
    )
