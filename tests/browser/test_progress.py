"""The page of one's progress counts, and takes everything to another browser and back."""

import json

from playwright.sync_api import expect

from tests.published import PUBLISHED

EXERCISE = "00-introduction/index"
POINTS = f"{sum(exercise.max_points for exercise in PUBLISHED):g}"
RIGHT = "def add_bias(x, b):\n    return x + b"


def solved(lab):
    """Solve the first exercise, then open the progress page."""
    exercise = lab.exercise("add_bias")
    exercise.write(RIGHT)
    exercise.check()
    lab.go("progress")
    return lab.page.locator("#live-progress")


def save(lab, tmp_path):
    """Save the progress as a file."""
    with lab.page.expect_download() as download:
        lab.page.get_by_role("button", name="Save as a file").click()
    target = tmp_path / "progress.json"
    download.value.save_as(target)
    return target


def bring_back(lab, path):
    lab.page.locator("#live-progress input[type=file]").set_input_files(path)


def test_points_and_the_next_step_are_shown(open_lab):
    place = solved(open_lab(EXERCISE))

    expect(place).to_contain_text(
        f"You have 2 of {POINTS} points. Next: 1.1 Count the places of a window."
    )
    expect(place.locator("tbody tr").first).to_contain_text("✓ 2 of 2")


def test_a_saved_file_brings_everything_to_another_browser(open_lab, tmp_path):
    lab = open_lab(EXERCISE)
    solved(lab)
    before = lab.stored()
    path = save(lab, tmp_path)

    other = open_lab("progress")
    bring_back(other, path)

    expect(other.page.locator("#live-progress")).to_contain_text("Restored: 1 answers")
    assert other.stored() == before
    other.go(EXERCISE)
    assert other.exercise("add_bias").code() == RIGHT


def test_a_file_takes_the_place_of_an_answer_and_loses_none(open_lab, tmp_path):
    lab = open_lab(EXERCISE)
    lab.exercise("add_bias").write(RIGHT)
    lab.go("progress")
    path = save(lab, tmp_path)
    lab.go(EXERCISE).exercise("add_bias").write("what I wrote since")
    lab.go("progress")

    bring_back(lab, path)
    expect(lab.page.locator("#live-progress")).to_contain_text("Restored: 1 answers")
    exercise = lab.go(EXERCISE).exercise("add_bias")

    assert exercise.code() == RIGHT
    exercise.press("Show my earlier answer")
    assert exercise.code() == "what I wrote since"


def test_the_points_of_both_browsers_count(open_lab, tmp_path):
    lab = open_lab(EXERCISE)
    place = solved(lab)
    theirs = {"add_bias": {"points": 1, "tries": 5}, "conv_out": {"points": 5, "passed": True}}
    path = tmp_path / "progress.json"
    path.write_text(saved_progress({"progress": theirs}))

    bring_back(lab, path)

    expect(place).to_contain_text(f"You have 7 of {POINTS} points.")
    cells = place.locator("tbody tr").first.locator("td").all_inner_texts()
    assert cells[1:3] == ["✓ 2 of 2", "5"]


def saved_progress(saved, version=1):
    """The text of a saved file."""
    return json.dumps({"kind": "cnn-by-hand progress", "version": version, "saved": saved})


def test_a_file_of_a_newer_version_changes_nothing(open_lab, tmp_path):
    lab = open_lab("progress")
    path = tmp_path / "progress.json"
    path.write_text(saved_progress({}, version=2))

    bring_back(lab, path)

    place = lab.page.locator("#live-progress")
    expect(place).to_contain_text("comes from a newer version of the course.")
    assert not [key for key in lab.stored() if key.startswith("cnn-by-hand:")]


def test_a_file_that_the_browser_cannot_keep_is_said_to_be_forgotten(open_lab, tmp_path):
    lab = open_lab("progress")
    lab.page.add_init_script("Storage.prototype.setItem = () => { throw new Error('full'); }")
    path = tmp_path / "progress.json"
    path.write_text(saved_progress({"answer:add_bias": {"code": RIGHT}}))

    bring_back(lab.go("progress"), path)

    place = lab.page.locator("#live-progress")
    expect(place).to_contain_text("All is forgotten when you leave this page")


def test_odd_points_in_the_browser_s_storage_are_replaced_by_true_ones(open_lab):
    lab = open_lab("progress")
    for odd in ("[]", "3", '{"add_bias": {"points": "many"}}'):
        pair = ["cnn-by-hand:progress", odd]
        lab.page.evaluate("([key, value]) => localStorage.setItem(key, value)", pair)

        place = solved(lab.go(EXERCISE))

        expect(place).to_contain_text(f"You have 2 of {POINTS} points.")


def test_a_damaged_file_changes_nothing(open_lab, tmp_path):
    lab = open_lab(EXERCISE)
    place = solved(lab)
    before = lab.stored()
    bad = {"progress": {"add_bias": None}, "answer:add_bias": {"code": 3}}
    texts = ["{", "[]", "null", *(saved_progress(one) for one in (bad, {"progress": []}, 5, None))]

    for number, text in enumerate(texts):
        path = tmp_path / f"{number}.json"
        path.write_text(text)
        bring_back(lab, path)
        expect(place).to_contain_text("Nothing was changed.")
        assert lab.stored() == before
        lab.go("progress")


def test_removing_everything_asks_first(open_lab):
    lab = open_lab(EXERCISE)
    place = solved(lab)

    place.get_by_role("button", name="Remove everything my progress").click()
    place.get_by_role("button", name="No, keep it").click()
    expect(place.get_by_role("button", name="Remove everything my progress")).to_be_focused()
    kept = lab.stored()
    place.get_by_role("button", name="Remove everything my progress").click()
    place.get_by_role("button", name="Yes, remove everything").click()

    expect(place).to_contain_text(f"You have 0 of {POINTS} points.")
    assert kept
    assert not [key for key in lab.stored() if key.startswith("cnn-by-hand:")]
