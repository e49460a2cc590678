"""The teacher's secret: from it come the hidden cases, and it is never in the repository."""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import os
import secrets
from collections.abc import Callable
from pathlib import Path

from grader.errors import GradingError

FILE = ".grading-secret"
VARIABLE = "GRADING_SECRET"
FEWEST_CHARACTERS = 16


def secret_of(folder: Path, used: Callable[[], bool] = lambda: False) -> bytes:
    """The secret of a course: in the environment, or in a file that is made when first needed.

    Args:
        folder: the course's folder, where the gradebook lies.
        used: asks whether submissions were graded before; a new secret would judge others
            differently, so then it is not made silently.

    Raises:
        GradingError: it is missing though it was used, too short, or cannot be read.
    """
    path = folder / FILE
    given = os.environ.get(VARIABLE)
    try:
        text = (given if given is not None else path.read_text(encoding="utf-8")).strip()
    except FileNotFoundError:
        if used():
            raise GradingError(_lost(path)) from None
        return _made(path)
    except (OSError, UnicodeDecodeError) as error:
        raise GradingError(f"the secret {path} cannot be read: {error}") from error
    if len(text) < FEWEST_CHARACTERS:
        place = f"the variable {VARIABLE}" if given is not None else str(path)
        raise GradingError(
            f"the secret in {place} has fewer than {FEWEST_CHARACTERS} characters, so it could be "
            "guessed. Put a longer one there."
        )
    return text.encode()


def _lost(path: Path) -> str:
    return (
        f"the secret {path} is missing, but submissions were graded with it: their hidden cases "
        "came from it. Put the file back. If it is lost, write any long text into it and grade "
        "the whole class again with `--force`."
    )


def _made(path: Path) -> bytes:
    """Make a new secret that only the teacher can read; the first of several processes wins."""
    partial = path.with_name(f"{FILE}.{os.getpid()}")
    try:
        handle = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(secrets.token_hex(32) + "\n")
        with contextlib.suppress(FileExistsError):
            os.link(partial, path)
        return path.read_bytes().strip()
    except OSError as error:
        raise GradingError(f"the secret {path} cannot be written: {error.strerror}") from error
    finally:
        partial.unlink(missing_ok=True)


def seed_of(secret: bytes, slug: str) -> int:
    """The number from which an exercise's hidden cases come; it tells nothing of the others'."""
    return int.from_bytes(hmac.digest(secret, slug.encode(), hashlib.sha256)[:8], "big")
