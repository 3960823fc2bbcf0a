"""The passages about weapons load, judge names alone, and no one is in both parts."""

from pathlib import Path

import pytest

from tests.challenge.passages import load_passages

FOLDER = Path(__file__).parent


@pytest.mark.parametrize(("part", "count"), [("tune", 35), ("check", 15)])
def test_each_part_has_as_many_passages_as_its_readme_says(part, count):
    passages = load_passages(FOLDER / part)

    assert len(passages) == count
    assert f"`{part}/`: {count} passages" in (FOLDER / "README.md").read_text(encoding="utf-8")
    assert all(one.names is not None and one.attributions is None for one in passages)


def test_no_passage_is_in_both_parts():
    tune, check = ({one.id for one in load_passages(FOLDER / part)} for part in ("tune", "check"))

    assert not tune & check
