"""What an article tells a person to be, and that people of unlike fields are not made one."""

from dataclasses import replace

import pytest

from graph.clusters import solve
from graph.decisions import Decisions
from graph.profiles import Profile
from graph.roles import are_unlike, fields_of, role_of, roles_beside
from graph.scoring import score, shipped_model
from graph.snapshots import open_reader
from graph.unsure import unsure_pairs
from tests.graph.made import naming
from tests.graph.test_placing import write

NAME = "Ilse Varnholt"
UNLIKE = [
    ("senator", "player"),
    ("judge", "footballer"),
    ("minister", "actor"),
    ("general", "singer"),
    ("mayor", "scientist"),
    ("prosecutor", "cellist"),
    ("bishop", "boxer"),
    ("surgeon", "goalkeeper"),
]


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("The judge Ilse Varnholt closed the hearing.", ["judge"]),
        ("Sen. Ilse Varnholt voted against it.", ["senator"]),
        ("Maj. Gen. Ilse Varnholt resigned.", ["general"]),
        ("Secretary of State Ilse Varnholt flew home.", ["secretary"]),
        ("Secretary-General Ilse Varnholt flew home.", ["secretary"]),
        ("Prosecutor General Ilse Varnholt resigned.", ["prosecutor"]),
        ("Ilse Varnholt, a former mayor of Lund, sang.", ["mayor"]),
        ("Ilse Varnholt , the club's goalkeeper , fell .", ["goalkeeper"]),
        ("Ilse Varnholt, a lawyer and a mother of two, agreed.", ["lawyer"]),
        # What stands near, and is somebody else.
        ("The judge told Ilse Varnholt to sit down.", []),
        ("A spokesman for Ilse Varnholt declined.", []),
        ("Officials said Ilse Varnholt had left.", []),
        ("Was she ever a captain? Ilse Varnholt laughed.", []),
        ("“He was a good captain!” Ilse Varnholt said.", []),
        ("Ilse Varnholt, a police officer told the court, was asleep.", []),
        ("Ilse Varnholt, who sued the coach, won.", []),
        ("Ilse Varnholt, and the senator, Ben Ott, left.", []),
        ("Ilse Varnholt, a cousin of President Ott, left.", []),
    ],
)
def test_a_role_is_what_the_words_beside_a_name_say_of_its_bearer(text, roles):
    start = text.index(NAME)

    assert roles_beside(text, start, start + len(NAME)) == roles


@pytest.mark.parametrize(
    ("phrase", "role"),
    [
        ("chairman of the Joint Chiefs of Staff", "chairman"),
        ("attorney general", "attorney"),
        ("the minister's lawyer", "lawyer"),
        ("two senators", "senator"),
        ("hero", ""),
        ("", ""),
    ],
)
def test_the_head_of_a_phrase_is_the_role(phrase, role):
    assert role_of(phrase) == role


@pytest.mark.parametrize(("one", "other"), UNLIKE)
def test_people_of_one_name_in_unlike_fields_are_at_most_unsure(one, other):
    left, right = (Profile("ilse varnholt", "PERSON", roles=(role,)) for role in (one, other))

    probability = score(left, right, shipped_model()).probability
    assert shipped_model().different_below < probability < shipped_model().same_from


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("lawyer", "senator"),
        ("general", "minister"),
        ("banker", "president"),
        ("physicist", "professor"),
        ("senator", "defendant"),
        ("singer", "victim"),
        ("midfielder", "captain"),
        ("goalkeeper", "student"),
    ],
)
def test_what_one_life_often_leads_through_is_not_unlike(one, other):
    assert not are_unlike(fields_of([one]), fields_of([other]))


def test_who_is_told_to_be_nothing_makes_nobody_of_two():
    senator = Profile("ilse varnholt", "PERSON", roles=("senator",))
    player = Profile("ilse varnholt", "PERSON", roles=("player",))
    bare = [Profile("ilse varnholt", "PERSON", countries=(country,)) for country in ("SE", "NO", "FI", "IS")]

    solved = solve([senator, player, *bare], Decisions().limits, shipped_model())

    assert solved.clusters[senator.node] != solved.clusters[player.node]
    [unsure] = [one for one in solved.judged if one.judgement == "unsure"]
    assert {unsure.one, unsure.other} == {senator, player}
    assert unsure.score < shipped_model().same_from


def test_who_is_told_to_be_both_is_one():
    both = Profile("ilse varnholt", "PERSON", roles=("player", "senator"))
    player = Profile("ilse varnholt", "PERSON", roles=("player",))
    senator = Profile("ilse varnholt", "PERSON", roles=("senator",))

    solved = solve([senator, player, both], Decisions().limits, shipped_model())

    assert len({solved.clusters[one.node] for one in (senator, player, both)}) == 1


def called(article_id, role):
    """Return an article that names somebody in the middle, and calls them something there."""
    article, extraction = naming(article_id, (NAME, "PERSON"), said=f"They asked the {role} {NAME}.")
    [mention] = extraction.mentions
    start = extraction.text.rindex(NAME)
    moved = replace(mention, start=start, end=start + len(NAME))
    return article, replace(extraction, mentions=(moved,))


def test_they_are_left_to_reviewers(tmp_path):
    write(tmp_path, called("a", "senator"), naming("b", (NAME, "PERSON")), called("c", "goalkeeper"))

    [pair] = unsure_pairs(open_reader(tmp_path))

    assert {pair.one.name, pair.other.name} == {NAME}
    assert {told for side in (pair.one, pair.other) for told in side.told} == {"senator", "goalkeeper"}
    assert "different fields" in pair.reason
