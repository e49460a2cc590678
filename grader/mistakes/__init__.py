"""Known mistakes by exercise, loaded only when a check has failed."""

from importlib import import_module

from grader.exercise import Exercise, Mistake


def mistakes_of(exercise: Exercise) -> tuple[Mistake, ...]:
    """The known mistakes of an exercise, the likeliest first."""
    topic = exercise.chapter.split("-", 1)[1].replace("-", "_")
    return import_module(f"grader.mistakes.{topic}").MISTAKES[exercise.slug]
