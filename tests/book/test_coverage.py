"""Every statement of the five notes is treated somewhere: all 241, and no other."""

from tests.book.test_site import items, read_coverage

# How many statements each set of notes has.
NOTES = {"S0": 40, "S1": 48, "S2": 52, "S3": 67, "S4": 34}


def test_all_241_statements_are_treated_on_a_page() -> None:
    wanted = set().union(*(items(f"{note}-01..{count}") for note, count in NOTES.items()))

    places = read_coverage()

    assert len(wanted) == 241
    assert wanted - places.keys() == set()
    assert places.keys() - wanted == set()
    assert all(places.values())
