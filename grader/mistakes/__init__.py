"""Known mistakes by exercise, loaded only when a check has failed."""

from importlib import import_module

from grader.exercise import Exercise, Mistake


def mistakes_of(exercise: Exercise) -> tuple[Mistake, ...]:
    """The known mistakes of an exercise, the likeliest first."""
    return import_module(f"grader.mistakes.{topic_of(exercise.chapter)}").MISTAKES[exercise.slug]


def topic_of(chapter: str) -> str:
    """What a chapter's modules are called: `fully_connected` for `03-fully-connected`."""
    return chapter.split("-", 1)[1].replace("-", "_")
