"""The floors of challenge set and battery, in a file of their own for each test; no model is loaded."""

import json

import pytest

from benchmarks.quality import gate
from benchmarks.quality.challenge_counts import violation
from benchmarks.quality.counts import Scores


def scores(stance=8, facts=1):
    """Ten stances and three facts that must not be there; names at 0.8, weapons at recall 0.5."""
    made = Scores()
    made.add("names", 8, 10, 10)
    made.add("weapons", 1, 1, 2)
    for number in range(10):
        made.share("stance", is_right=number < stance)
    for number in range(3):
        violation(made, "absent facts", is_there=number < facts)
    return made


@pytest.fixture
def run(monkeypatch, tmp_path):
    """Return what runs the gate: on made-up scores, with floors and passages in a temporary folder."""
    (tmp_path / "one.toml").write_text("# passages")
    monkeypatch.setattr(gate, "FOLDER", tmp_path)
    monkeypatch.setattr(gate, "BATTERY", tmp_path / "none")
    monkeypatch.setattr(gate, "LINKING", tmp_path / "none")
    monkeypatch.setattr(gate, "MEETINGS", tmp_path / "none")
    monkeypatch.setattr(gate, "model_hash", lambda model_dir: "0123456789abcdef")

    def run_gate(*arguments, measured):
        monkeypatch.setattr(gate, "measured", lambda model_dir: gate.totals_from(measured))
        return gate.main([*arguments, "--floors", str(tmp_path / "floors.json")])

    return run_gate


def pinned(tmp_path):
    return json.loads((tmp_path / "floors.json").read_text())


def test_pinning_leaves_a_margin_under_measures_and_none_over_violations(run, tmp_path):
    assert run("--pin", measured=scores()) == 0

    assert pinned(tmp_path) == {
        "gold": gate.gold_hash(tmp_path),
        "model": "0123456789abcdef",
        "floors": {"names F1": 0.79, "weapons recall": 0.49, "weapons precision": 0.99, "stance": 0.79},
        "ceilings": {"absent facts": 1},
    }


@pytest.mark.parametrize(
    ("value", "expected"), [(0.85, 0.84), (0.8567, 0.846), (0.85699, 0.846), (1.0, 0.99), (0.004, 0.0)]
)
def test_floors_are_rounded_down_to_three_digits(value, expected):
    assert gate.floor_under(value) == expected


def test_the_gate_is_open_while_the_floors_hold(run, capsys):
    run("--pin", measured=scores())

    assert run(measured=scores()) == 0
    assert capsys.readouterr().out.endswith("all 5 floors hold\n")


def test_the_gate_names_each_broken_floor(run, capsys):
    run("--pin", measured=scores())
    capsys.readouterr()

    assert run(measured=scores(stance=7, facts=2)) == 1
    assert capsys.readouterr().out.splitlines() == [
        "stance: 0.7000 is under its floor 0.790",
        "absent facts: 2 is over its ceiling 1",
    ]


def test_a_measure_that_is_gone_breaks_its_floor(run, capsys):
    run("--pin", measured=scores())
    capsys.readouterr()
    measured = scores()
    del measured.shares["stance"]

    assert run(measured=measured) == 1
    assert capsys.readouterr().out.splitlines() == ["stance: not measured any more, floor 0.790"]


def test_the_gate_refuses_to_lower_a_floor(run, capsys, tmp_path):
    run("--pin", measured=scores())
    before = pinned(tmp_path)
    capsys.readouterr()

    assert run("--pin", measured=scores(stance=7, facts=3)) == 1
    assert pinned(tmp_path) == before
    assert capsys.readouterr().out.splitlines() == [
        "stance: floor 0.790 would fall to 0.690",
        "absent facts: ceiling 1 would rise to 3",
        "nothing is written; to lower floors: --pin --allow-lower",
    ]


def test_floors_are_lowered_when_that_is_allowed(run, tmp_path):
    run("--pin", measured=scores())

    assert run("--pin", "--allow-lower", measured=scores(stance=7)) == 0
    assert pinned(tmp_path)["floors"]["stance"] == 0.69


def test_floors_are_raised_without_asking(run, tmp_path):
    run("--pin", measured=scores())

    assert run("--pin", measured=scores(stance=9, facts=0)) == 0
    assert (pinned(tmp_path)["floors"]["stance"], pinned(tmp_path)["ceilings"]) == (0.89, {"absent facts": 0})


def test_floors_of_other_passages_fail_with_the_mend(run, capsys, tmp_path):
    run("--pin", measured=scores())
    (tmp_path / "one.toml").write_text("# other passages")
    capsys.readouterr()

    assert run(measured=scores()) == 1
    (line,) = capsys.readouterr().out.splitlines()
    assert "was not pinned for these passages" in line
    assert line.endswith("python -m benchmarks.quality.gate --pin")
