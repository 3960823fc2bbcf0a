"""Who said what where it is easily read wrong: denials, answers, agencies, what is taken back."""

import pytest

from tests.extractors.reading import name_of, read, texts_of

pytestmark = pytest.mark.model


def voices(nlp, text):
    """Return of each attribution its speaker, cue, content and stance."""
    extraction = read(nlp, text)
    return [
        (
            name_of(extraction, one.speaker),
            " ".join(texts_of(extraction, one.cue)),
            " ".join(texts_of(extraction, one.content)),
            one.stance,
        )
        for one in extraction.attributions
    ]


def owners(nlp, text, predicate):
    """Return in whose stance the relations of a predicate are told: "" for the article's own."""
    extraction = read(nlp, text)
    stances = {one.id: one.stance for one in extraction.attributions}
    return [stances.get(one.attribution, "") for one in extraction.relations if one.predicate == predicate]


@pytest.mark.parametrize(
    ("text", "predicate"),
    [
        ("Dorn denied that Anna Berg, whom the army had arrested, was ill.", "arrested"),
        ("The minister denied that Carl Dorn, who met Anna Berg in May, had taken a bribe.", "met"),
        ("The navy denied that the frigate, which had rammed a trawler in March, had left.", "struck"),
        ("Dorn denied that the man who had shot Anna Berg worked for him.", "attacked"),
        ("Carl Dorn denied that he had met Anna Berg after she sued Norvik Bank.", "sued"),
        ("Dorn declined to say whether Anna Berg, who met Peter Lund in May, had signed.", "met"),
        ("Dorn was asked whether Anna Berg, whom the army had arrested, would be freed.", "arrested"),
    ],
)
def test_what_a_denial_takes_for_granted_is_the_reporters(nlp, text, predicate):
    assert owners(nlp, text, predicate) == [""]


@pytest.mark.parametrize(
    ("text", "predicate"),
    [
        ("Dorn denied that Anna Berg was arrested by the army.", "arrested"),
        ("Dorn denied that it was Anna Berg who had met Peter Lund.", "met"),
        ("Dorn denied that he was the man who had shot Anna Berg.", "attacked"),
        ("Carl Dorn denied that he had met Anna Berg after she sued Norvik Bank.", "met"),
    ],
)
def test_what_is_denied_stays_so(nlp, text, predicate):
    assert owners(nlp, text, predicate) == ["denies"]


def test_within_what_another_says_it_is_his(nlp):
    text = "Lund said Dorn had denied that Anna Berg, whom the army arrested, was his friend."

    assert owners(nlp, text, "arrested") == ["asserts"]


@pytest.mark.parametrize(
    "text",
    [
        "Carl Dorn denied that he had fled after Anna Berg met him.",
        "Carl Dorn denied that he knew that Anna Berg had met him.",
    ],
)
def test_what_may_be_denied_with_the_rest_is_told_by_nobody(nlp, text):
    assert owners(nlp, text, "met") == []


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("Berg played down reports that the ferry had been overloaded.", "denies"),
        ("Falk played down the significance of the meeting with Berg.", "undetermined"),
        ("The airline played down reports of a strike at the port.", "undetermined"),
        ("The company downplayed the damage from the fire.", "undetermined"),
        ("Berg brushed aside claims that she had met the banker.", "denies"),
        ("Dorn walked back his remark that the bridge had been blown up.", "undetermined"),
        ("Dorn took back his statement that Berg had met Lund.", "undetermined"),
        ("Dorn repeated his claim that Berg had met Lund.", "asserts"),
        ("Dorn withdrew his accusation that Berg had bribed the judge.", "undetermined"),
        ("Berg argued against sending troops to Norvia.", "undetermined"),
        ("Dorn was careful not to say that Berg had lied.", "undetermined"),
        ("Dorn fell short of saying that Berg had lied.", "undetermined"),
        ("Dorn was wrongly quoted as saying that Berg had met the banker.", "undetermined"),
        ("Dorn was quoted as saying that Berg had met the banker.", "asserts"),
        ("Few believe that Berg met the banker.", "undetermined"),
        ("A few believe that Berg met the banker.", "asserts"),
        ("A reporter wanted to know why the ship had sunk.", "undetermined"),
        ("In a question to the minister, Berg wanted to know whether Lund was safe.", "undetermined"),
        ("“Was it sabotage?” a voice from the back called out.", "undetermined"),
        ("“You saw it, right?” a voice from the back called out.", "asserts"),
    ],
)
def test_what_is_left_open_is_not_asserted(nlp, text, stance):
    assert [one[3] for one in voices(nlp, text)][:1] == [stance]


def test_what_stands_behind_the_colon_of_a_refusal_is_said(nlp):
    text = "Dorn declined to say how long it would last: “It is for the army to decide.”"

    [(_, _, refused, first), (speaker, cue, said, second)] = voices(nlp, text)

    assert refused.endswith("how long it would last")
    assert (speaker, cue, said) == ("Dorn", ":", "It is for the army to decide.")
    assert (first, second) == ("undetermined", "asserts")


def test_a_quotation_beside_another_who_acts_is_not_of_who_spoke_before(nlp):
    before = "Berg said the corridor would open on Monday.\n\n"

    other = voices(nlp, before + "“It is for the army to decide.” Dorn gave no other details.")
    same = voices(nlp, before + "“It is for the army to decide,” she added. “We shall see.”")

    assert not any("army" in content for speaker, _, content, _ in other if speaker == "Berg")
    assert any("army" in content for speaker, _, content, _ in same if speaker == "Berg")


def test_who_is_asked_is_no_part_of_the_question_and_answers_it(nlp):
    text = "Carl Dorn was asked by a senator if he had met Berg. He said he had not."

    found = voices(nlp, text)

    assert [(who, what) for who, _, what, _ in found] == [
        ("senator", "if he had met Berg"),
        ("Carl Dorn", "he had not"),
    ]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Ann Berg asked Beth Dorn if it was late. She said it was.", "Beth Dorn"),
        ("Carl Dorn was asked by a senator to resign. He said he would not.", "Carl Dorn"),
        ("Ann Berg asked Beth Dorn to leave. She said it was late.", "Ann Berg"),
    ],
)
def test_who_is_asked_something_answers(nlp, text, speaker):
    assert voices(nlp, text)[-1][0] == speaker


def test_a_client_is_not_whom_his_lawyer_accuses(nlp):
    text = (
        "Prosecutor Berg said the knife was his. Dorn said that his client was ill. He accused her of lying."
    )

    extraction = read(nlp, text)

    accused = [name_of(extraction, one.object) for one in extraction.relations if one.predicate == "accused"]
    assert "his client" not in accused


@pytest.mark.parametrize(
    ("text", "speaker", "relays"),
    [
        ("The bank will close, according to the Lund Post, citing Anna Berg.", "Anna Berg", ["Lund Post"]),
        ("The bank will close, according to Anna Berg, as quoted by Tass.", "Anna Berg", ["Tass"]),
        ("Anna Berg said in an interview with the BBC that the bank would close.", "Anna Berg", ["BBC"]),
        ("In an interview broadcast by the BBC, Anna Berg said the bank would close.", "Anna Berg", ["BBC"]),
        (
            "The bank will close, the New York Times reported, citing two officials.",
            "two officials",
            ["New York Times"],
        ),
        ("The bank will close, two officials told the New York Times.", "two officials", ["New York Times"]),
        ("Reuters, via MSNBC: Anna Berg said the bank would close.", "Anna Berg", ["Reuters", "MSNBC"]),
        (
            "Anna Berg said the bank would close, Reuters reported via MSNBC.",
            "Anna Berg",
            ["Reuters", "MSNBC"],
        ),
        ("The bank will close, state media said, citing Anna Berg.", "Anna Berg", []),
        ("Speaking to the BBC, Anna Berg said the bank would close.", "Anna Berg", ["BBC"]),
        ("The minister said the bank would close, citing Anna Berg.", "minister", []),
        ("Anna Berg told the board that the bank would close.", "Anna Berg", []),
    ],
)
def test_through_whom_it_came(nlp, text, speaker, relays):
    extraction = read(nlp, text)
    [one] = extraction.attributions

    assert name_of(extraction, one.speaker) == speaker
    assert [name_of(extraction, relay) for relay in one.relays] == relays


def test_a_papers_poll_or_writer_is_no_relay(nlp):
    poll = read(nlp, "According to a Lund Post survey, half of all Danes would vote for Berg.")
    writer = read(nlp, "The Lund Post’s Anna Berg wrote that the minister had lied.")

    assert [name_of(writer, one.speaker) for one in writer.attributions] == ["Anna Berg"]
    assert len(poll.attributions) == 1


@pytest.mark.parametrize(
    "text",
    [
        "“The bank will close,” Tass quoted Anna Berg as saying.",
        "The bank will close, Anna Berg was cited by Interfax as telling lawmakers.",
    ],
)
def test_what_is_quoted_before_who_says_it_has_no_words_of_the_cue(nlp, text):
    [(speaker, _, content, _)] = voices(nlp, text)

    assert (speaker, content.strip(" ,")) == ("Anna Berg", "The bank will close")


def test_whom_somebody_quotes_in_passing_says_nothing_new(nlp):
    text = "The archbishop, quoting the prophet Amos, told the crowd to go home."

    assert [who for who, *_ in voices(nlp, text)] == ["archbishop"]


def test_who_is_not_aware_of_it_does_not_say_that_it_was_not(nlp):
    extraction = read(nlp, "Dorn said he was not aware that Anna Berg had met Peter Lund.")

    assert [one.negated for one in extraction.relations if one.predicate == "met"] == [False]
