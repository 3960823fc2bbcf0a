"""What a reader would not take from a text: words for blows, a post of a part, the object of another verb."""

import pytest

from tests.extractors.reading import read, told, triples


@pytest.mark.parametrize(
    "text",
    [
        "Anna Berg stepped up her attacks on Carl Dorn in the debate.",
        "Anna Berg made an attack on Carl Dorn in the debate.",
        "Anna Berg fired back at Carl Dorn over the budget.",
        "The committee asked to depose Carl Dorn.",
        "Anna Berg sent a dozen questions to Carl Dorn.",
        "The inquiry provided fodder to Carl Dorn.",
        "Anna Berg has invested a lot of time in Norway.",
        "Anna Berg picked Carl Dorn to win on Sunday.",
        "Norvik shipped jobs to Denmark.",
        "Anna Berg worked hard to mend her ties, particularly with Norway.",
    ],
)
def test_what_only_sounds_like_a_deed_is_none(nlp, text):
    vocabulary = {"attacked", "firedAt", "dismissed", "supplied", "funded", "appointed", "cooperatesWith"}

    assert not vocabulary & {one.predicate for one in read(nlp, text).relations}


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        ("Norway's attack on Denmark began on Monday.", ("Norway", "attacked", "Denmark")),
        ("The Danish army fired at Norway on Monday.", ("Danish", "firedAt", "Norway")),
        ("Norway sent 40 tanks to Denmark.", ("Norway", "supplied", "Denmark")),
        ("Norway sent hundreds of tanks to Denmark.", ("Norway", "supplied", "Denmark")),
        ("Norway provided generators to Denmark.", ("Norway", "supplied", "Denmark")),
        ("Norvik has invested in Lund Metals.", ("Norvik", "funded", "Lund Metals")),
        ("Anna Berg picked Carl Dorn to lead the bank.", ("Anna Berg", "appointed", "Carl Dorn")),
    ],
)
def test_the_deed_itself_is_told(nlp, text, relation):
    assert any(
        relation[1] == predicate and relation[2] == other for _, predicate, other in triples(read(nlp, text))
    )


@pytest.mark.parametrize(
    "text",
    [
        "Anna Berg considers Carl Dorn untrustworthy.",
        "Anna Berg described Carl Dorn as a hero.",
        "Anna Berg painted Carl Dorn as a friend of the rich.",
        "The win gave Anna Berg a lead, allowing Carl Dorn to rest.",
        "Casting herself as a victim, Anna Berg left the stage.",
        "Anna Berg needs 53 percent of the vote, Carl Dorn 59 percent.",
        "The union-bashing Anna Berg met Carl Dorn.",
    ],
)
def test_an_open_verb_that_tells_nothing_of_its_object_is_not_told(nlp, text):
    open_verbs = [one for one in read(nlp, text).relations if one.rule == "open verb"]

    assert open_verbs == []


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        ("Senate Minority Leader Anna Berg resigned.", ("Anna Berg", "leads", "Senate")),
        ("Unity chief of staff Anna Berg resigned.", ("Anna Berg", "leads", "Unity")),
        ("Norway's Unity Party leader Anna Berg resigned.", ("Anna Berg", "leads", "Norway")),
        ("Anna Berg, the Europe coordinator, resigned.", ("Anna Berg", "holdsPostAt", "Europe")),
        ("Anna Berg, the president of Local 294 in Texas, resigned.", ("Anna Berg", "leads", "Texas")),
        ("Anna Berg, the Unity chairman for Texas, resigned.", ("Anna Berg", "leads", "Texas")),
        ("As Norway's governor, Anna Berg signed the deal in 1998.", ("Anna Berg", "leads", "Norway")),
        ("Anna Berg, a mother of three and project manager, left.", ("Anna Berg", "relativeOf", "manager")),
    ],
)
def test_a_post_of_a_part_or_of_the_past_is_no_post_of_the_whole(nlp, text, relation):
    assert relation not in triples(read(nlp, text))


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        ("Norwegian Prime Minister Anna Berg resigned.", ("Anna Berg", "leads", "Norwegian")),
        ("Texas Governor Anna Berg resigned.", ("Anna Berg", "leads", "Texas")),
        ("Anna Berg, the chairman of Norvik Bank, resigned.", ("Anna Berg", "leads", "Norvik Bank")),
    ],
)
def test_a_post_of_the_whole_is_told(nlp, text, relation):
    assert relation in triples(read(nlp, text))


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        (
            "Anna Berg did not know whether Carl Dorn would endorse Dana Holm.",
            ("Carl Dorn", "supported", "hypothetical", "Dana Holm"),
        ),
        (
            "Anna Berg has not won a contest or managed to defeat Carl Dorn.",
            ("Anna Berg", "NOT defeated", "actual", "Carl Dorn"),
        ),
        (
            "Anna Berg stayed at home instead of visiting Denmark.",
            ("Anna Berg", "NOT visited", "actual", "Denmark"),
        ),
        (
            "Anna Berg, who'd endorsed Carl Dorn before, resigned.",
            ("Anna Berg", "supported", "actual", "Carl Dorn"),
        ),
    ],
)
def test_how_it_is_told_is_kept(nlp, text, relation):
    assert relation in told(read(nlp, text))


def test_what_is_made_easier_has_not_been_done(nlp):
    text = "The Senate passed a bill making it easier for Norway to sue Denmark."

    assert ("Norway", "sued", "actual", "Denmark") not in told(read(nlp, text))


def test_who_is_wanted_to_do_it_does_it(nlp):
    text = "One group campaigning for Norway to leave the European Union posted a message."

    assert ("group", "withdrewFrom", "European Union") not in triples(read(nlp, text))


def test_what_is_told_with_which_is_told_of_no_person(nlp):
    text = "Carl Dorn, the president of the Metal Workers of America, which endorsed Anna Berg, resigned."

    assert ("Metal Workers of America", "supported", "Anna Berg") in triples(read(nlp, text))


def test_what_is_all_but_done_is_not_done(nlp):
    text = "Anna Berg all but accused Carl Dorn of fraud."

    assert told(read(nlp, text)) == [("Anna Berg", "NOT accused", "actual", "Carl Dorn")]


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("Anna Berg supported Sen. Carl Dorn, R-Texas, and Dana Holm.", "Texas"),
        ("Many Cuban-Americans supported Carl Dorn.", "Americans"),
    ],
)
def test_a_part_of_a_longer_word_is_nobody(nlp, text, part):
    assert not any(part in (subject, other) for subject, _, other in triples(read(nlp, text)))


@pytest.mark.parametrize(
    "text",
    [
        "Anna Berg has never met an opponent like Carl Dorn.",
        "Anna Berg and Carl Dorn will speak there on Monday.",
        "Anna Berg and Carl Dorn spoke at the book fair on Monday.",
    ],
)
def test_who_meets_nobody_meets_nobody(nlp, text):
    assert not {"met", "spokeWith"} & {one.predicate for one in read(nlp, text).relations}


def test_two_who_speak_by_phone_speak_with_each_other(nlp):
    text = "Anna Berg and Carl Dorn spoke by phone on Monday."

    assert ("Anna Berg", "spokeWith", "Carl Dorn") in triples(read(nlp, text))
