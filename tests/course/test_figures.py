"""Figures are drawn from their programs, each time the same, or the program is blamed."""

import pytest

from course.errors import CourseError
from course.figures import draw_all

GOOD = '''"""A line."""

from matplotlib import pyplot


def draw():
    figure, axes = pyplot.subplots()
    axes.plot([0, 1], [1, 0])
    return figure
'''
SEVERAL = GOOD.replace("return figure", "return {'up': figure, 'down': pyplot.figure()}")
BROKEN = {
    "no draw": ("x = 1\n", "has no function `draw"),
    "error": ("def draw():\n    return 1 / 0\n", "ZeroDivisionError"),
    "no figure": ("def draw():\n    return 3\n", "AttributeError"),
    "syntax error": ("def draw(:\n", "SyntaxError"),
}


def test_a_figure_drawn_twice_has_the_same_bytes(tmp_path):
    (tmp_path / "line.py").write_text(GOOD)

    first = [path.read_bytes() for path in draw_all(tmp_path)]
    second = [path.read_bytes() for path in draw_all(tmp_path)]

    assert first == second
    assert b"<svg" in first[0]
    assert b"<dc:date>" not in first[0]


def test_a_program_may_draw_several_figures_by_name(tmp_path):
    (tmp_path / "line.py").write_text(SEVERAL)

    drawn = [path.name for path in draw_all(tmp_path)]

    assert drawn == ["line_up.svg", "line_down.svg"]
    assert sorted(path.name for path in (tmp_path / "drawn").iterdir()) == sorted(drawn)


def test_a_figure_without_a_program_goes(tmp_path):
    (tmp_path / "line.py").write_text(GOOD)
    (tmp_path / "drawn").mkdir()
    (tmp_path / "drawn" / "old.svg").write_text("<svg/>")

    drawn = list(draw_all(tmp_path))

    assert list((tmp_path / "drawn").iterdir()) == drawn


@pytest.mark.parametrize(("source", "message"), BROKEN.values(), ids=BROKEN)
def test_a_broken_program_is_blamed_and_leaves_nothing(tmp_path, source, message):
    (tmp_path / "broken.py").write_text(source)

    with pytest.raises(CourseError, match=message) as caught:
        list(draw_all(tmp_path))

    assert "broken.py" in str(caught.value)
    assert not list((tmp_path / "drawn").iterdir())
