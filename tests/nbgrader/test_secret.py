"""The secret is made once, kept to the teacher, and never replaced silently."""

import pytest

from grader import GradingError
from grader.nbgrader.secret import FILE, VARIABLE, secret_of, seed_of


@pytest.fixture(autouse=True)
def _no_secret_in_the_environment(monkeypatch):
    monkeypatch.delenv(VARIABLE, raising=False)


def test_it_is_made_when_first_needed_and_stays(tmp_path):
    made = secret_of(tmp_path)

    assert len(made) == 64
    assert secret_of(tmp_path) == made
    assert (tmp_path / FILE).stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir()] == [FILE]


def test_two_courses_have_different_ones(tmp_path):
    (tmp_path / "a").mkdir()

    assert secret_of(tmp_path) != secret_of(tmp_path / "a")


def test_a_lost_one_is_not_made_anew(tmp_path):
    with pytest.raises(GradingError, match="is missing, but submissions were graded with it"):
        secret_of(tmp_path, used=lambda: True)


def test_the_environment_goes_before_the_file(tmp_path, monkeypatch):
    monkeypatch.setenv(VARIABLE, "long enough to be a secret")

    assert secret_of(tmp_path) == b"long enough to be a secret"
    assert not (tmp_path / FILE).exists()


@pytest.mark.parametrize("text", ["", "short"])
def test_one_that_can_be_guessed_is_refused(tmp_path, text):
    (tmp_path / FILE).write_text(text)

    with pytest.raises(GradingError, match="fewer than 16 characters"):
        secret_of(tmp_path)


def test_one_that_cannot_be_read_is_a_sentence(tmp_path):
    (tmp_path / FILE).mkdir()

    with pytest.raises(GradingError, match="cannot be read"):
        secret_of(tmp_path)


def test_a_folder_that_cannot_be_written_is_a_sentence(tmp_path):
    with pytest.raises(GradingError, match="cannot be written"):
        secret_of(tmp_path / "missing")


def test_each_exercise_has_a_seed_of_its_own():
    seeds = {seed_of(secret, slug) for secret in (b"one", b"two") for slug in ("a", "b")}

    assert len(seeds) == 4
    assert seed_of(b"one", "a") == seed_of(b"one", "a")
