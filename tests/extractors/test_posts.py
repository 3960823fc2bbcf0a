"""What posts and roles tell, in sentences read by the shipped pipeline."""

import pytest

from tests.extractors.reading import read, triples

pytestmark = pytest.mark.model

BERG, METALS = "Anna Berg", "Norvik Metals"


def told(nlp, text):
    """Return the relations of a text as (subject, predicate, object, negated, modality)."""
    extraction = read(nlp, text)
    return [
        (*triple, one.negated, one.modality)
        for triple, one in zip(triples(extraction), extraction.relations, strict=True)
    ]


@pytest.mark.parametrize(
    ("text", "predicate"),
    [
        ("Anna Berg became chairwoman of Norvik Metals in May.", "leads"),
        ("Anna Berg was named chairwoman of Norvik Metals in May.", "leads"),
        ("Anna Berg took over as chairwoman of Norvik Metals in May.", "leads"),
        ("Anna Berg serves as spokeswoman of Norvik Metals.", "holdsPostAt"),
    ],
)
def test_a_verb_puts_somebody_into_a_post(nlp, text, predicate):
    assert told(nlp, text) == [(BERG, predicate, METALS, False, "actual")]


def test_a_post_that_a_verb_only_plans_is_not_held(nlp):
    assert told(nlp, "Anna Berg will become chairwoman of Norvik Metals in May.") == [
        (BERG, "leads", METALS, False, "planned")
    ]


@pytest.mark.parametrize(
    ("post", "predicate"),
    [
        ("director", "leads"),
        ("managing director", "leads"),
        ("technical director", "holdsPostAt"),
        ("sporting director", "holdsPostAt"),
    ],
)
def test_who_directs_a_field_leads_no_firm(nlp, post, predicate):
    assert told(nlp, f"Anna Berg, the {post} of Norvik Metals, smiled.") == [
        (BERG, predicate, METALS, False, "actual")
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Anna Berg served as spokeswoman of Norvik Metals in 1998.",
        "Anna Berg has worked as spokeswoman of Norvik Metals.",
        "Anna Berg was named Norway's coach of the year.",
        "Anna Berg, an adviser in Oslo, smiled.",
        "Oslo's director, Anna Berg, smiled.",  # of its festival
    ],
)
def test_who_served_who_won_an_award_who_works_in_a_town_holds_no_post_there(nlp, text):
    assert triples(read(nlp, text)) == []


def test_a_phrase_that_opens_a_sentence_is_told_of_its_subject(nlp):
    text = "A member of the Norvik Party since May, Anna Berg smiled."

    assert triples(read(nlp, text)) == [(BERG, "memberOf", "Norvik Party")]


@pytest.mark.parametrize(
    "text",
    [
        "The Norvik Bank's director for Africa, Anna Berg, smiled.",
        "Oslo Police Chief Anna Berg smiled.",
        "Vice-president Anna Berg of Norway smiled.",
    ],
)
def test_who_heads_a_part_leads_not_the_whole(nlp, text):
    assert "leads" not in {predicate for _, predicate, _ in triples(read(nlp, text))}


def test_the_head_of_a_body_is_who_stands_behind_the_comma(nlp):
    text = "Police detained the head of the Norvik Bank, Anna Berg, on Monday."

    assert (BERG, "leads", "Norvik Bank") in triples(read(nlp, text))


def test_her_party_is_whose_member_she_is(nlp):
    text = "Anna Berg smiled, but her Unity Party opposed Carl Dorn."

    assert (BERG, "memberOf", "Unity Party") in triples(read(nlp, text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The chairwoman of Norvik Metals, Anna Berg, has resigned.", True),
        ("Anna Berg, a former chairwoman of Norvik Metals, has resigned.", False),
    ],
)
def test_who_resigns_leaves_the_post_that_he_is_called_by(nlp, text, expected):
    assert ((BERG, "resignedFrom", METALS) in triples(read(nlp, text))) == expected


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Russia's ambassador to Norway, Carl Dorn, left.", "Russia"),
        ("The US ambassador in Oslo, Carl Dorn, left.", "US"),
        ("Carl Dorn, the ambassador in Oslo, left.", "Oslo"),
    ],
)
def test_who_is_sent_holds_a_post_of_who_sends_him_where_that_is_told(nlp, text, place):
    assert triples(read(nlp, text)) == [("Carl Dorn", "holdsPostAt", place)]


@pytest.mark.parametrize(
    ("text", "post"),
    [
        ("UN Secretary-General Anna Berg spoke in Rome.", "UN Secretary-General"),
        ("Norvik Metals Chief Executive Anna Berg spoke in Rome.", "Norvik Metals Chief Executive"),
        ("Norway's Deputy Prime Minister Anna Berg spoke in Rome.", "Deputy Prime Minister"),
    ],
)
def test_a_post_is_called_by_all_its_words(nlp, text, post):
    assert post in [one.post for one in read(nlp, text).relations]


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("Estonian Prime Minister Anna Berg spoke in Rome.", {("leads", "Estonian")}),
        ("The Turkish ambassador, Anna Berg, spoke in Rome.", {("holdsPostAt", "Turkish")}),
        ("The Swedish director Anna Berg spoke in Rome.", set()),
        ("The French lawyer Anna Berg spoke in Rome.", set()),
    ],
)
def test_a_post_of_a_state_may_be_called_by_its_people(nlp, text, held):
    posts = {(predicate, body) for who, predicate, body in triples(read(nlp, text)) if who == BERG}

    assert {one for one in posts if one[0] in {"leads", "holdsPostAt"}} == held


def test_a_deputy_prime_minister_leads_nobody(nlp):
    assert (BERG, "leads", "Norwegian") not in triples(
        read(nlp, "Norwegian Deputy Prime Minister Anna Berg spoke in Rome.")
    )


def test_who_is_a_former_member_is_none(nlp):
    assert triples(read(nlp, "Anna Berg, a former member of the Lotus Party, spoke in Rome.")) == []


def test_the_governor_of_a_central_bank_does_not_lead_its_country(nlp):
    told = triples(read(nlp, "Norway's central bank governor, Anna Berg, spoke in Rome."))

    assert (BERG, "leads", "Norway") not in told


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Carl Dorn, a director of Norvik Metals, left.", [("Carl Dorn", "holdsPostAt", "Norvik Metals")]),
        ("Carl Dorn, the director of Norvik Metals, left.", [("Carl Dorn", "leads", "Norvik Metals")]),
        (
            "Carl Dorn, a Florida-based president of the guild, left.",
            [("Carl Dorn", "holdsPostAt", "guild")],
        ),
        ("Carl Dorn, the firm's Asia director, left.", []),
        ("Carl Dorn, a potential senator for Ohio, left.", []),
        ("Texas Lt. Gov. Carl Dorn left.", [("Carl Dorn", "holdsPostAt", "Texas")]),
        ("Carl Dorn was appointed chief of mission to Bermuda.", [("Carl Dorn", "holdsPostAt", "Bermuda")]),
        (
            "Anna Berg and Carl Dorn, the envoy of Norway, left.",
            [("Carl Dorn", "holdsPostAt", "Norway")],
        ),
    ],
)
def test_a_post_is_that_of_the_name_beside_it_and_at_no_place_that_only_stands_before_it(nlp, text, expected):
    told = triples(read(nlp, text))

    assert [one for one in told if one[1] in {"leads", "holdsPostAt"} and one[2] != "firm"] == expected
