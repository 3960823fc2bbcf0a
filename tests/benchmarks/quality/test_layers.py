"""Each layer's scorer on a sentence or two, with extractions written by hand."""

from dataclasses import replace

import pytest

from benchmarks.quality.attributions import match, roles_of, score_attributions
from benchmarks.quality.coreference import score_coreference
from benchmarks.quality.counts import Scores
from benchmarks.quality.gap import score_gap
from benchmarks.quality.gold_texts import gold_text_from
from benchmarks.quality.names import gold_names, score_names
from benchmarks.quality.product import FoundAttribution, FoundName
from benchmarks.quality.syntax import score_sentences, score_trees, score_words
from extractors.training.coreference import CoreferenceDocument, GapName, GapPassage, GoldMention
from extractors.training.polnear import CharAttribution
from extractors.training.samples import (
    LINE_BREAK,
    NO_GAP,
    SPACE,
    TAG_BIT,
    Sample,
    WordSyntax,
    text_from_words,
)
from newsgraph.records import Entity, Extraction, Mention, TextSpan, Token


def place(text, part, nth=0):
    start = -1
    for _ in range(nth + 1):
        start = text.index(part, start + 1)
    return start, start + len(part)


def numbers(count):
    return count.hits, count.predicted, count.gold


def test_text_from_words_sets_gaps():
    text, spans = text_from_words(("We", "do", "n't", "Port"), (NO_GAP, SPACE, NO_GAP, LINE_BREAK))

    assert text == "We don't\n\nPort"
    assert [text[start:end] for start, end in spans] == ["We", "do", "n't", "Port"]


# --- Syntax -----------------------------------------------------------------------------------------------

SYNTAX = (
    WordSyntax("PROPN", "NNP", 1, "nsubj"),
    WordSyntax("VERB", "VBD", -1, "root"),
    WordSyntax("NUM", "CD", 4, "nummod"),
    WordSyntax("PUNCT", "HYPH", 2, "punct"),
    WordSyntax("NOUN", "NN", 1, "obj"),
    WordSyntax("ADV", "RB", -1, "root"),
)
TEXT, WORDS = text_from_words(
    ("Ida", "lost", "two", "-", "thirds", "Twice"), (NO_GAP, SPACE, SPACE, NO_GAP, NO_GAP, SPACE)
)


def token(part, upos, head, dep):
    return Token(*place(TEXT, part), part.lower(), upos, "X", head, dep)


READ = Extraction(
    "a",
    TEXT,
    tokens=(
        token("Ida", "PROPN", 1, "nsubj:pass"),  # right, the subtype does not matter
        token("lost", "VERB", -1, "root"),  # right
        token("two-thirds", "NOUN", 1, "obj"),  # three words of the corpus
        token("Twice", "NOUN", 2, "advmod"),  # its head is no word of the corpus
    ),
    sentences=(TextSpan(0, len(TEXT)),),
)


def test_words_that_one_side_alone_has_count_against_every_measure():
    scores = Scores()
    score_words(scores, WORDS, READ)
    score_trees(scores, WORDS, SYNTAX, READ)

    assert numbers(scores.counts["words"]) == (3, 4, 6)
    assert numbers(scores.counts["UPOS"]) == (2, 4, 6)
    assert numbers(scores.counts["UAS"]) == (2, 4, 6)
    assert numbers(scores.counts["LAS"]) == (2, 4, 6)
    assert set(scores.errors) == {"word cut otherwise", "UPOS ADV read as NOUN"}


def test_a_sentence_is_right_with_both_its_ends():
    scores = Scores()
    starts = (True, False, False, False, False, True)
    score_sentences(scores, WORDS, starts, READ)
    assert numbers(scores.counts["sentences"]) == (0, 1, 2)

    score_sentences(scores, WORDS, (True, *(False,) * 5), READ)
    assert numbers(scores.counts["sentences"]) == (1, 2, 3)


# --- Names ------------------------------------------------------------------------------------------------

O = TAG_BIT["O"]  # noqa: E741


def begin(*labels):
    return sum(TAG_BIT[f"B-{label}"] for label in labels)


def inside(*labels):
    return sum(TAG_BIT[f"I-{label}"] for label in labels)


NAMED = Sample(
    "ewt",
    "a",
    ("Ida", "Vey", "left", "Oslo", "in", "May", "Rex"),
    (NO_GAP, SPACE, SPACE, SPACE, SPACE, SPACE, SPACE),
    name_masks=(
        begin("PERSON"),
        inside("PERSON"),
        O,
        begin("LOC", "FAC"),
        O,
        O | begin("DATE") | inside("DATE"),
        begin("PERSON"),
    ),
)


def test_gold_names_are_those_that_must_be_there():
    assert list(gold_names(NAMED.name_masks)) == [
        (0, 2, {"PERSON"}),
        (3, 4, {"LOC", "FAC"}),
        (6, 7, {"PERSON"}),
    ]


def test_names_are_strict_and_what_a_corpus_does_not_say_counts_neither_way():
    gold = gold_text_from(NAMED)
    found = [
        FoundName(*place(gold.text, "Ida"), "PERSON", 0.9),  # too short
        FoundName(*place(gold.text, "Oslo"), "FAC", 0.8),  # a place, as the corpus has them
        FoundName(*place(gold.text, "May"), "DATE", 0.7),  # the corpus does not say
        FoundName(*place(gold.text, "left"), "ORG", 0.2),  # invented
    ]
    scores = Scores()
    score_names(scores, gold.text, gold.words, NAMED, found)

    assert numbers(scores.counts["names"]) == (1, 3, 3)
    assert numbers(scores.counts["names LOC"]) == (1, 1, 1)
    assert numbers(scores.counts["names FAC"]) == (0, 0, 0)
    assert numbers(scores.counts["names PERSON"]) == (0, 1, 2)
    assert numbers(scores.counts["names PERSON+ORG+LOC"]) == (1, 3, 3)
    assert {category: len(lines) for category, lines in scores.errors.items()} == {
        "name with other borders PERSON": 1,
        "name missed PERSON": 1,
        "name invented ORG": 1,
    }
    assert sum(one.total for one in scores.reliability["names"].bins) == 3


# --- Attributions -----------------------------------------------------------------------------------------

SAID = "“We sail,” Moor said, “at dawn.” Vey denied it."


def said(source, cue, *content, sure=0.9):
    def spans(parts):
        return tuple(place(SAID, part) for part in parts if part)

    return FoundAttribution(spans([source]), spans([cue]), spans(content), sure)


GOLD = [
    CharAttribution(
        (place(SAID, "Moor"),),
        (place(SAID, "said"),),
        (place(SAID, "“We sail,”"), place(SAID, "“at dawn.”")),
    ),
    CharAttribution((place(SAID, "Vey"),), (place(SAID, "denied"),), (place(SAID, "it", 0),)),
]  # fmt: skip


def test_white_space_and_quotation_marks_belong_to_no_role():
    exact = said("Moor", "said", "We sail,", " “at dawn.")

    assert roles_of(SAID, exact) == roles_of(SAID, GOLD[0])


def test_attributions_are_counted_by_role_and_whole():
    found = [said("Moor", "said", "We sail"), said("Moor", "denied", "it")]
    alone = [said("Moor", "said", "We sail,", "at dawn."), said("", "denied", "it")]
    scores = Scores()
    score_attributions(scores, SAID, GOLD, found, alone)

    assert numbers(scores.counts["source exact"]) == (1, 2, 2)
    assert numbers(scores.counts["source exact, network alone"]) == (1, 1, 2)
    assert numbers(scores.counts["cue exact"]) == (2, 2, 2)
    assert numbers(scores.counts["content exact"]) == (1, 2, 2)
    # 6 of 14 letters of the first content: less than half; the second has another's source
    assert numbers(scores.counts["content characters"]) == (8, 8, 16)
    assert numbers(scores.counts["who said what"]) == (0, 2, 2)
    assert numbers(scores.counts["who said what, network alone"]) == (1, 2, 2)
    assert {category: len(lines) for category, lines in scores.errors.items()} == {
        "attribution missed: content too short": 1,
        "attribution missed: other source": 1,
        "attribution read otherwise, or twice": 2,
        "attribution lost by the rules": 1,
    }


def test_an_attribution_is_found_once():
    gold = [roles_of(SAID, GOLD[0])]
    found = [roles_of(SAID, said("Moor", "said", "We sail,", "at")), roles_of(SAID, GOLD[0])]

    assert match(gold, found) == {0: 1}
    assert match(found, gold) == {1: 0}


# --- Coreference ------------------------------------------------------------------------------------------

STORY, STORY_WORDS = text_from_words(
    (
        *("Captain", "Ida", "Vey", "met", "Una", "."),
        *("She", "saw", "her", "Russian", "jet", "."),
        *("Vey", "left", "it"),
    ),
    (NO_GAP, *[SPACE] * 4, NO_GAP, *[SPACE] * 5, NO_GAP, *[SPACE] * 3),
)  # fmt: skip
DOCUMENT = CoreferenceDocument(
    "a",
    (),
    (),
    (
        GoldMention(0, 3, (1, 2), 1, "1", "person", "name"),
        GoldMention(4, 5, (4,), 4, "2", "person", "name"),
        GoldMention(6, 7, (6,), 6, "1", "person", "pronoun"),
        GoldMention(8, 11, (10,), 10, "3", "object", "nominal"),
        GoldMention(8, 9, (8,), 8, "2", "person", "pronoun"),
        GoldMention(12, 13, (12,), 12, "1", "person", "name"),
        GoldMention(14, 15, (14,), 14, "3", "object", "pronoun"),
    ),
)
STORY_SYNTAX = tuple(WordSyntax("ADJ" if word == 9 else "X", "X", -1, "root") for word in range(15))


def mention(number, part, kind, entity, nth=0, label="PERSON"):
    return Mention(f"m{number}", *place(STORY, part, nth), label, kind, entity, 0.9)


STORY_READ = Extraction(
    "a",
    STORY,
    mentions=(
        mention(0, "Captain", "nominal", "e0"),
        mention(1, "Ida Vey", "name", "e0"),
        mention(2, "Una", "name", "e1"),
        mention(3, "She", "pronoun", "e1"),  # wrong
        mention(4, "Russian", "name", "e2", label="NORP"),  # an adjective: GUM has no opinion
        mention(5, "Vey", "name", "e0", nth=1),
    ),
    entities=(
        Entity("e0", "Ida Vey", "PERSON"),
        Entity("e1", "Una", "PERSON"),
        Entity("e2", "Russian", "NORP"),
    ),
)


def test_coreference_of_a_story():
    scores = Scores()
    score_coreference(scores, STORY_WORDS, DOCUMENT, STORY_SYNTAX, STORY_READ)

    # gold {Ida Vey, She, Vey} {Una, her} {it}; ours {Ida Vey, Vey} {Una, She}
    count = scores.counts["B³ names, he she it they"]
    assert (count.hits, count.predicted) == (pytest.approx(1 + 1 + 1 / 2 + 1 / 2), 4)
    assert (count.found, count.gold) == (pytest.approx(2 / 3 + 2 / 3 + 1 / 3 + 1 / 2), 6)
    alone = scores.counts["B³ matched mentions alone"]
    assert (alone.found, alone.gold) == (pytest.approx(2 / 3 + 2 / 3 + 1 / 3 + 1), 4)
    pronouns = scores.shares["pronouns, he she it they"]
    assert (pronouns.hits, pronouns.total) == (0, 2)  # the jet has no name
    assert scores.shares["pronouns, he she it they, where answered"].total == 1
    assert set(scores.errors) == {"pronoun of another: she", "pronoun left alone: her"}


@pytest.mark.parametrize(("saliences", "hits"), [((0.9, 0.2), 1), ((0.2, 0.9), 0), ((0.5, 0.5), 0)])
def test_salience_is_right_if_it_puts_things_in_the_order_of_the_summaries(saliences, hits):
    gold = tuple(replace(one, salience=0.8 if one.thing == "1" else 0.2) for one in DOCUMENT.mentions)
    entities = [
        replace(one, salience=value) for one, value in zip(STORY_READ.entities[:2], saliences, strict=True)
    ]
    scores = Scores()

    document, read = replace(DOCUMENT, mentions=gold), replace(STORY_READ, entities=tuple(entities))
    score_coreference(scores, STORY_WORDS, document, STORY_SYNTAX, read)

    share = scores.shares["salience, pairs in order"]
    assert (share.hits, share.total) == (hits, 1)


def test_gap_asks_for_each_of_two_names():
    start, end = place(STORY, "She")
    passage = GapPassage(
        "a",
        STORY,
        start,
        end,
        (GapName(*place(STORY, "Ida Vey"), True), GapName(*place(STORY, "Una"), False)),
    )
    scores = Scores()
    score_gap(scores, passage, STORY_READ)

    assert numbers(scores.counts["GAP all"]) == (0, 1, 1)
    assert numbers(scores.counts["GAP feminine"]) == (0, 1, 1)
    assert "GAP masculine" not in scores.counts
    assert set(scores.errors) == {"GAP pronoun misses its name", "GAP pronoun of another"}
