"""Contents that only take up what was said before: on which claim they are, with which stance, or on none."""

import pytest

from tests.extractors.reading import name_of, read

pytestmark = pytest.mark.model

CLAIM = "Anna Berg said that Russia attacked Norway."


def stances(extraction):
    """Return of each proposition of several voices who takes which stance."""
    speakers = {one.id: name_of(extraction, one.speaker) for one in extraction.attributions}
    shared = (one for one in extraction.propositions if len(one.voices) > 1)
    return [{speakers.get(voice.attribution): voice.stance for voice in one.voices} for one in shared]


@pytest.mark.parametrize(
    ("answer", "stance"),
    [
        ("Carl Dorn denied it.", "denies"),
        ("Carl Dorn denied the allegation.", "denies"),
        ("Carl Dorn rejected that as absurd.", "denies"),
        ("Carl Dorn called the claim a lie.", "denies"),
        ("Carl Dorn rejected Berg's claim.", "denies"),
        ("Carl Dorn said that was untrue.", "denies"),
        ("Carl Dorn said that this was not true.", "denies"),
        ("Carl Dorn said that was unkind and untrue.", "denies"),
        ("Carl Dorn dismissed her explanation.", "denies"),
        ("Carl Dorn said it had not.", "denies"),
        ("Carl Dorn denied that such an attack had taken place.", "denies"),
        ("“That is nonsense,” said Carl Dorn.", "denies"),
        ("Carl Dorn confirmed it.", "asserts"),
        ("Carl Dorn said that was correct.", "asserts"),
    ],
)
def test_an_answer_is_on_the_claim_before_it(nlp, answer, stance):
    extraction = read(nlp, f"{CLAIM} {answer}")

    assert {"Anna Berg": "asserts", "Carl Dorn": stance} in stances(extraction)


@pytest.mark.parametrize(
    "answer",
    [
        "Carl Dorn rejected the findings.",  # of no inquiry
        "Carl Dorn heard it.",  # he takes no stance
        "Carl Dorn rejected Peter Lund's claim.",  # another's
        "Carl Dorn denied the report that the dam had burst.",  # another claim
        "Anna Berg repeated it.",  # herself
    ],
)
def test_what_is_no_answer_to_it_is_not_on_it(nlp, answer):
    extraction = read(nlp, f"{CLAIM} {answer}")

    [attack] = [one for one in extraction.propositions if one.predicate == "attacked"]
    assert len(attack.voices) == 1


def test_a_figure_that_is_disputed_is_the_one_that_was_given(nlp):
    text = (
        'Anna Berg said that 40 dams had failed. "Nobody looked at them," she said. '
        "Carl Dorn disputed her figures."
    )

    assert [one.text for one in read(nlp, text).propositions if len(one.voices) > 1] == [
        "that 40 dams had failed"
    ]


def test_who_contradicts_a_negated_claim_asserts_the_thing(nlp):
    extraction = read(
        nlp, "Anna Berg said that Russia had not attacked Norway. Carl Dorn said that was a lie."
    )

    assert stances(extraction) == [{"Anna Berg": "denies", "Carl Dorn": "asserts"}]


def test_who_is_asked_answers_the_question(nlp):
    extraction = read(nlp, "Asked whether Vesta would sue Norsk Hydro, Carl Dorn said it would not.")

    assert {None: "undetermined", "Carl Dorn": "denies"} in stances(extraction)


def test_who_denies_a_claim_with_its_words_is_on_those(nlp):
    extraction = read(nlp, "Carl Dorn denied Anna Berg's claim that Russia attacked Norway.")

    assert stances(extraction) == [{"Anna Berg": "asserts", "Carl Dorn": "denies"}]


def test_of_two_claims_before_it_that_might_be_meant_none_is(nlp):
    extraction = read(
        nlp,
        "Anna Berg said that Russia attacked Norway and Tom Falk said the road was old. Carl Dorn denied it.",
    )

    assert stances(extraction) == []


def test_a_proposal_that_is_rejected_is_not_denied(nlp):
    extraction = read(nlp, "Anna Berg said that Russia would leave Norway. Carl Dorn rejected it.")

    assert stances(extraction) == []


def test_a_confirmed_denial_might_be_either_and_is_on_nothing(nlp):
    extraction = read(nlp, "Anna Berg denied that Russia attacked Norway. Carl Dorn confirmed it.")

    assert stances(extraction) == []


@pytest.mark.parametrize("denial", ["hiding losses", "that it hid losses"])
def test_who_denies_a_deed_denies_that_it_is_his(nlp, denial):
    accusation = "Anna Berg accused Norvik Metals of hiding losses."

    extraction = read(nlp, f"{accusation} Norvik Metals denied {denial}.")

    assert {"Anna Berg": "asserts", "Norvik Metals": "denies"} in stances(extraction)


def test_who_confirms_a_deed_need_not_have_done_it(nlp):
    extraction = read(nlp, "Anna Berg confirmed fraud in the vote.")

    assert not any("anna berg" in one.key for one in extraction.propositions)


def test_the_claim_of_the_sentence_before_is_nearer_than_one_about_who_answers(nlp):
    extraction = read(
        nlp,
        "Tom Falk said Russia had moved tanks. Anna Berg said a jet had struck Norway. Russia denied it.",
    )

    assert stances(extraction) == [{"Anna Berg": "asserts", "Russia": "denies"}]


def test_of_what_one_says_on_the_one_about_who_answers_is_meant(nlp):
    extraction = read(
        nlp, "Anna Berg accused Russia of moving its tanks. “They lie,” she said. Russia denied it."
    )

    assert stances(extraction) == [{"Anna Berg": "asserts", "Russia": "denies"}]


def test_of_two_things_said_together_both_are_denied_or_none(nlp):
    extraction = read(
        nlp,
        "Anna Berg said that she met Tom Falk and that both talks were friendly. Carl Dorn disputed that.",
    )

    [met] = [one for one in extraction.propositions if one.predicate == "met"]
    assert len(met.voices) == 1
    assert stances(extraction) == [{"Anna Berg": "asserts", "Carl Dorn": "denies"}]


def test_who_does_not_say_whether_it_is_so_leaves_it_open(nlp):
    extraction = read(
        nlp, "Anna Berg said that Russia attacked Norway. Carl Dorn would not say whether that was so."
    )

    assert stances(extraction) in ([], [{"Anna Berg": "asserts", "Carl Dorn": "undetermined"}])


@pytest.mark.parametrize(
    "text",
    [
        "“It.”",
        "“No.” “They had not.”",
        "ANNA BERG: It.\nCARL DORN: No.",
        "Anna Berg: “That.” “…”",
        "“As absurd.”",
    ],
)
def test_words_without_anybody_who_says_them_do_no_harm(nlp, text):
    assert stances(read(nlp, text)) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Workers accused Norvik Oil of planning to close a plant, a charge the firm denied.",
            {"Workers": "asserts", "Norvik Oil": "denies"},
        ),
        (
            "Carl Dorn said that Anna Berg had promised him lower rates. “She saw me,” he said. Ida Roe "
            "denied that any such promise had been made.",
            {"Carl Dorn": "asserts", "Ida Roe": "denies"},
        ),
        (
            "Anna Berg said that rifles were found with rebels. Carl Dorn showed a photo. “It is a lie,” "
            "said Ida Roe.",
            {"Anna Berg": "asserts", "Ida Roe": "denies"},
        ),
        (
            "Anna Berg claimed that a missile struck Lund. The Defence Ministry denied the information.",
            {"Anna Berg": "asserts", "Defence Ministry": "denies"},
        ),
    ],
)
def test_a_charge_such_a_promise_or_the_information_is_the_claim_before(nlp, text, expected):
    assert expected in stances(read(nlp, text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Anna Berg met Carl Dorn in Lund on Monday. Dorn denied it.",
            {None: "asserts", "Carl Dorn": "denies"},
        ),
        (
            "Norvik Oil supplied engines to Vesta Motors. Sweden denied it.",
            {None: "asserts", "Sweden": "denies"},
        ),
        (
            "Carl Dorn attacked Ida Roe's house. Dorn denied the attack.",
            {None: "asserts", "Carl Dorn": "denies"},
        ),
        (
            "Anna Berg met Carl Dorn in Lund. Dorn denied that any meeting had taken place.",
            {None: "asserts", "Carl Dorn": "denies"},
        ),
        (
            "Russia invaded Norway on Monday. Moscow denied that it had invaded Norway.",
            {None: "asserts", "Moscow": "denies"},
        ),
    ],
)
def test_a_denial_meets_what_the_article_itself_tells(nlp, text, expected):
    assert expected in stances(read(nlp, text))


@pytest.mark.parametrize(
    "text",
    [
        "Anna Berg leads Norvik Oil. Carl Dorn denied it.",  # a post is no deed
        "Anna Berg attacked Lund. Carl Dorn condemned the attack.",  # he denies nothing
        "Anna Berg attacked Lund. Norway attacked Sweden. Ida Roe denied the attack.",  # which one?
        "Anna Berg attacked Lund. Ida Roe denied that the attack was over.",
        "Anna Berg met Carl Dorn and Norway attacked Sweden. Ida Roe denied it.",  # which of the two?
        "Anna Berg met Carl Dorn in Lund on Monday. Ida Roe resigned on Friday. Carl Dorn denied it.",
    ],
)
def test_a_denial_of_what_the_article_tells_has_to_be_clear(nlp, text):
    assert stances(read(nlp, text)) == []
