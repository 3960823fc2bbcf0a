"""What holds for every text, however odd: nothing is raised, spans and references are good, it repeats."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from itertools import cycle

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extractors.pipeline import extract
from newsgraph.codec import from_json, to_json
from newsgraph.records import Article, Extraction, TextSpan
from tests.extractors.reading import read

pytestmark = pytest.mark.model

NAMES = [
    "Anna Berg",
    "Carl Dorn",
    "the Kremlin",
    "Norvik Metals",
    "a Su-27",
    "the MQ-9 Reaper",
    "Oslo",
    "he",
    "it",
]
ACTIONS = [
    *("met", "attacked", "did not meet", "will visit", "may have struck", "denied talks with", "bought"),
    *("agreed to meet", "was accused of attacking", "said it spoke with", "and others crashed into"),
]
TAILS = [
    *("", " on Tuesday", " in Oslo on 3 March 2023", " for $5 million", ", according to Reuters", "?"),
    *(", who heads the Lund Institute", " (see page 4)", " if it rains", " for at least three days"),
    ", officials said",
]
CUES = [
    *("{} said that {}", '"{1}," {0} said', "“{1}”, {0} told CNN", "{} denied that {}", "{0}: {1}", '"{1}'),
    *("The claim by {} that {}", "According to {}, {}", "{} asked whether {}", "If {} says so, {}"),
    "{}, citing Tass, reported that {}",
]
NOISE = [
    *('"', "”", "“", "«", "'", "‘", "''", "(", ")", "…", "--", "- ", "$$$", "3–5", "Mr."),
    *("\n", "\n\n", "\r\n", "\t", "\u2028", "\u200f", "\u202eesrever", "e\u0301"),
    *("😀", "👩\u200d👩\u200d👧", "مرحبا بالعالم", "שלום", "中文新聞", "http://a.b/c?d=e", "@x #y"),
    *("• one\n• two\n• three\n", "1. Anna Berg, head of Norvik; 2. Carl Dorn, his wife;"),
    *("a" * 400, "word " * 150),
]


@st.composite
def clauses(draw):
    first, second = draw(st.sampled_from(NAMES)), draw(st.sampled_from(NAMES))
    return f"{first} {draw(st.sampled_from(ACTIONS))} {second}{draw(st.sampled_from(TAILS))}"


@st.composite
def sentences(draw):
    clause = draw(clauses())
    for _ in range(draw(st.integers(0, 2))):
        clause = draw(st.sampled_from(CUES)).format(draw(st.sampled_from(NAMES)), clause)
    return clause + draw(st.sampled_from([".", ".", "!", '."', ".”", "", ";"]))


PIECES = st.one_of(sentences(), sentences(), sentences(), st.sampled_from(NOISE))
TEXTS = st.builds(
    lambda pieces, gap: gap.join(pieces), st.lists(PIECES, max_size=7), st.sampled_from([" ", " ", "\n", ""])
)


def few(count):
    return settings(max_examples=count, suppress_health_check=[HealthCheck.function_scoped_fixture])


# --- What holds


def spans_in(record: object) -> Iterator[TextSpan]:
    """Yield every span of a record and of the records in it, whatever its fields are called."""
    if isinstance(record, TextSpan):
        yield record
    elif isinstance(record, tuple):
        for one in record:
            yield from spans_in(one)
    elif is_dataclass(record):
        names = {field.name for field in fields(record)}
        if {"start", "end"} <= names:
            yield TextSpan(record.start, record.end)  # type: ignore[attr-defined]
        for name in names:
            yield from spans_in(getattr(record, name))


def check_spans(extraction):
    for start, end in spans_in(extraction):
        words = extraction.text[start:end]
        assert 0 <= start < end <= len(extraction.text)
        assert words == words.strip()
        assert len(words) == end - start


def check_ids(extraction):
    for records in (
        extraction.mentions,
        extraction.entities,
        extraction.attributions,
        extraction.relations,
        extraction.propositions,
    ):
        ids = [one.id for one in records]
        assert len(set(ids)) == len(ids)


def check_references(extraction):
    entities = {one.id for one in extraction.entities} | {None}
    attributions = {one.id for one in extraction.attributions} | {None}
    relations = {one.id for one in extraction.relations} | {None}
    assert {one.entity for one in extraction.mentions} == entities - {None}
    for said in extraction.attributions:
        assert {said.speaker, said.via, said.addressee, *said.relays} <= entities
        assert said.inside in attributions - {said.id}
    for one in extraction.relations:
        assert {one.subject, one.object} <= entities - {None}
        assert one.place in entities
        assert one.attribution in attributions
    for proposition in extraction.propositions:
        assert {proposition.subject, proposition.object} <= entities
        assert {voice.attribution for voice in proposition.voices} <= attributions
        assert {voice.relation for voice in proposition.voices} <= relations


def check_evidence(extraction):
    """Every statement shows where it is told: a relation in its content, a voice by one of the two."""
    contents = {one.id: one.content for one in extraction.attributions}
    for said in extraction.attributions:
        assert said.content
        assert said.cue
    for one in extraction.relations:
        assert one.start < one.end
        inside = contents.get(one.attribution)
        assert inside is None or any(start <= one.start < one.end <= end for start, end in inside)
    for proposition in extraction.propositions:
        assert proposition.text
        assert proposition.text in extraction.text
        assert proposition.voices
        assert all(voice.attribution or voice.relation for voice in proposition.voices)


def check_nesting(extraction):
    around = {one.id: one.inside for one in extraction.attributions}
    for start in around:
        seen, here = set(), start
        while here is not None:
            assert here not in seen, "nobody speaks within what he himself is quoted in"
            seen.add(here)
            here = around[here]


@few(100)
@given(text=TEXTS)
def test_every_record_is_good(nlp, text):
    extraction = read(nlp, text)

    assert extraction.text == text
    check_spans(extraction)
    check_ids(extraction)
    check_references(extraction)
    check_evidence(extraction)
    check_nesting(extraction)
    assert from_json(Extraction, to_json(extraction)) == extraction


@few(12)
@given(texts=st.lists(TEXTS, min_size=2, max_size=4))
def test_a_text_alone_in_company_and_again_gives_the_same(nlp, texts):
    articles = [Article(str(number), text) for number, text in enumerate(texts)]
    alone = [next(extract(nlp, [article])) for article in articles]

    assert list(extract(nlp, articles)) == alone
    assert list(extract(nlp, articles[::-1], batch_size=2))[::-1] == alone


@few(15)
@given(texts=st.lists(sentences(), min_size=3, max_size=5), passed_over=st.integers(0, 2))
def test_nothing_is_read_in_what_is_passed_over(nlp, texts, passed_over):
    lines = "\n".join(texts)
    start = sum(len(text) + 1 for text in texts[:passed_over])
    skipped = TextSpan(start, start + len(texts[passed_over]))
    extraction = read(nlp, lines, skipped=(skipped,))

    check_references(extraction)
    told = (*extraction.mentions, *extraction.relations, *extraction.passed_over)
    spans = [(one.start, one.end) for one in told]
    spans += [span for one in extraction.attributions for span in (*one.source, *one.content)]
    for first, last in spans:
        assert last <= skipped.start or skipped.end <= first


def test_the_texts_that_are_made_tell_something(nlp):
    """Or the properties above would hold for nothing."""
    made = [
        cue.format(name, f"{other} {action} {name}{tail}.")
        for first in (1, 2)
        for cue, name, other, action, tail in zip(
            CUES, cycle(NAMES), cycle(NAMES[first:] + NAMES[:first]), ACTIONS, TAILS, strict=False
        )
    ]
    found = Counter[str]()
    for text in made:
        extraction = read(nlp, text)
        found.update(
            relations=len(extraction.relations),
            attributions=len(extraction.attributions),
            propositions=len(extraction.propositions),
        )
    assert min(found[name] for name in ("relations", "attributions", "propositions")) >= 4
