"""Which pronouns stand for nothing by themselves, and that all others are told."""

import pytest

from tests.extractors.reading import read


def pronouns_in(extraction):
    words = (extraction.text[one.start : one.end] for one in extraction.mentions if one.kind == "pronoun")
    return [word.lower() for word in words]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Norvik said on Friday that it is time for clients to leave the fund.", []),
        ("Norvik said on Friday that it is the right time to leave the fund.", ["it"]),
        ("It was two years before Norvik sold the port.", []),
        ("It was two years old when Norvik sold the port.", ["it"]),
        ("It is 2:25 a.m. in Lund.", []),
        ("It opened at 2 p.m. in Lund.", ["it"]),
        ("It was raining in Lund.", []),
        ("It rained bombs on Lund.", ["it"]),
        ("It was windy in Lund.", []),
        ("It was cold in Lund.", ["it"]),  # or the soup
        ("Norvik bought the port, but the price was not worth it.", []),
        ("Norvik bought the port, but it was worth nothing.", ["it"]),
        ("It is clear that Norvik lost the port.", []),
        ("The minister himself opened the port.", []),
        ("The minister blamed himself for the fire in the port.", ["himself"]),
    ],
)
def test_what_stands_for_nothing_is_no_mention(nlp, text, found):
    assert pronouns_in(read(nlp, text)) == found


def test_who_is_not_known_is_told_and_kept_out_of_the_graph(nlp):
    extraction = read(nlp, "She left Lund in May.")

    [she] = [one for one in extraction.entities if one.kind == "passing"]
    assert she.name == "She"
    assert pronouns_in(extraction) == ["she"]
    assert pronouns_in(extraction.without_passing()) == []
