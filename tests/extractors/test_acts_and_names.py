"""What was done to somebody is nothing said; and who is called an engineer is a person."""

import pytest

from tests.extractors.reading import read, triples


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "Mayor Anna Berg dismissed the city's fire chief, Carl Dorn.",
            ("Anna Berg", "dismissed", "Carl Dorn"),
        ),
        ("The Norvik Bank sued Carl Dorn in May.", ("Norvik Bank", "sued", "Carl Dorn")),
        ("Norway arrested Carl Dorn on Monday.", ("Norway", "arrested", "Carl Dorn")),
    ],
)
def test_an_act_is_a_relation_and_no_attribution(nlp, text, told):
    read_so = read(nlp, text)

    assert told in triples(read_so)
    assert read_so.attributions == ()


def test_what_was_dismissed_as_false_is_denied(nlp):
    [denial] = read(nlp, "Anna Berg dismissed the report that she had met Carl Dorn.").attributions[:1]

    assert denial.stance == "denies"


def test_groups_and_nameless_voices_are_told_apart(nlp):
    article = read(
        nlp, "Danish officials denied that Anna Berg had met the minister. One said that it was absurd."
    )
    kinds = {one.name: one.kind for one in article.entities}

    assert kinds["Anna Berg"] == "named"
    assert kinds["Danish officials"] == "group"
    assert kinds["One"] == "anonymous"
    assert kinds["minister"] == "described"
