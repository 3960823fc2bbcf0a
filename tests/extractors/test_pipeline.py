"""The shipped pipeline itself, on text of our own: what it finds, that offsets hold, that it repeats."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extractors.pipeline import extract, load_pipeline
from flows.reading import Placed, read_articles
from ingest.raw_store import find_files
from newsgraph.codec import from_json, to_json
from newsgraph.records import Article, Extraction, TextSpan

pytestmark = pytest.mark.model

SAMPLES = Path(__file__).parents[2] / "data" / "raw" / "samples"

REPORT = """\
A Russian Su-27 hit the propeller of a US MQ-9 Reaper over the Black Sea on Tuesday,
US European Command said.

Russian officials denied that there had been any contact. According to Reuters, the Kremlin
claimed the drone crashed after a sharp turn near Crimea.

US Defense Secretary Lloyd Austin said he spoke with his Russian counterpart Sergei Shoigu on
Wednesday (15 March).
He stated: "The flights will go on.
Advert
"We will fly wherever the law allows."

Joint Chiefs Chairman Mark Milley, who appeared beside Austin, said he was not sure whether the
pilot meant it.
Nikolai Patrushev, the secretary of Russia's Security Council, told Tass that Moscow would
look for the wreck.
Did Vladimir Putin meet Austin? Nobody said so.
"""


@pytest.fixture(scope="module")
def nlp():
    return load_pipeline()


def read(nlp, text, **about):
    [extraction] = extract(nlp, [Article("a", text, **about)])
    return extraction


@pytest.fixture(scope="module")
def report(nlp):
    advert = REPORT.index("Advert")
    return read(nlp, REPORT, skipped=(TextSpan(advert, advert + len("Advert")),))


def types_of(extraction):
    return {entity.name: entity.type for entity in extraction.entities}


def said(extraction, cue, speaker):
    """Return the attribution with this cue lemma and speaker."""
    names = {entity.id: entity.name for entity in extraction.entities} | {None: None}
    found = [one for one in extraction.attributions if one.cue_lemma == cue and names[one.speaker] == speaker]
    assert found, [(one.cue_lemma, names[one.speaker]) for one in extraction.attributions]
    return found[0]


def texts(extraction, spans):
    return [extraction.text[start:end] for start, end in spans]


def test_a_root_has_no_head(report):
    roots = [token for token in report.tokens if token.dep == "root"]

    assert roots
    assert {token.head for token in roots} == {-1}
    assert all(report.tokens[token.head] is not token for token in report.tokens if token.head >= 0)


def test_a_nation_is_known_but_a_longer_name_goes_before(nlp):
    found = types_of(read(nlp, "Seychellois fishermen met British Airways staff in Nairobi on Monday."))

    assert found["Seychellois"] == "NORP"
    assert found["British Airways"] == "ORG"
    assert "British" not in found


def test_a_name_from_headlines_in_capitals_is_shown_in_small_letters(nlp):
    found = read(
        nlp, "ANNA BERG RESIGNS\n\nANNA BERG LEAVES OSLO\n\nAnna Berg resigned. Oslo and NATO were told."
    )

    assert {one.name: one.aliases for one in found.entities}["Anna Berg"] == ("ANNA BERG",)
    assert "NATO" in {one.name for one in found.entities}


def test_a_lemma_has_no_sentence_capital(nlp):
    [first, *_] = read(nlp, "Footage has emerged. It was clear.").tokens

    assert first.lemma == "footage"


@pytest.mark.parametrize(
    ("name", "label"),
    [
        *((name, "PERSON") for name in ("Lloyd Austin", "Sergei Shoigu", "Mark Milley", "Nikolai Patrushev")),
        *((name, "PRODUCT") for name in ("MQ-9 Reaper", "Su-27")),
        *((name, "ORG") for name in ("US European Command", "Reuters", "Kremlin", "Tass")),
        *((name, "LOC") for name in ("Black Sea", "Crimea", "Moscow")),
    ],
)
def test_names(report, name, label):
    assert types_of(report).get(name) == label


def test_officials_deny(report):
    denial = said(report, "deny", "Russian officials")

    assert denial.stance == "denies"
    assert "any contact" in texts(report, denial.content)[0]


def test_an_agency_passes_on_what_the_kremlin_claims(report):
    claim = said(report, "claim", "Kremlin")
    [via] = [entity.name for entity in report.entities if entity.id == claim.via]

    assert via == "Reuters"
    assert claim.stance == "asserts"


def test_a_quotation_goes_on_over_paragraphs_and_adverts(report):
    statement = said(report, "state", "Lloyd Austin")

    assert "Advert" not in " ".join(texts(report, statement.content))
    assert texts(report, statement.content)[-1].startswith("We will fly")
    assert statement.speech == "direct"


def test_what_is_said_is_the_speakers(report):
    ids = {entity.name: entity.id for entity in report.entities}
    [spoke] = [one for one in report.relations if one.predicate == "spokeWith"]

    assert {spoke.subject, spoke.object} == {ids["Lloyd Austin"], ids["Sergei Shoigu"]}
    assert spoke.attribution == said(report, "say", "Lloyd Austin").id
    assert (spoke.time, spoke.modality, spoke.negated) == ("2023-03-15", "actual", False)


def test_a_question_is_no_fact(report):
    assert all(one.modality == "hypothetical" for one in report.relations if one.predicate == "met")


def check_offsets(extraction):
    """Every span lies in the text, holds something, and starts and ends with something to see."""
    length = len(extraction.text)
    spans = [
        (one.start, one.end) for one in (*extraction.mentions, *extraction.relations, *extraction.tokens)
    ]
    spans += extraction.sentences
    spans += [span for one in extraction.attributions for span in (*one.source, *one.cue, *one.content)]
    for start, end in spans:
        assert 0 <= start < end <= length
        assert extraction.text[start:end].strip() == extraction.text[start:end]


def check_references(extraction):
    entities = {entity.id for entity in extraction.entities}
    attributions = {attribution.id for attribution in extraction.attributions}
    places = [(mention.start, mention.end) for mention in extraction.mentions]
    assert {mention.entity for mention in extraction.mentions} == entities
    assert len(set(places)) == len(places)
    assert {one.subject for one in extraction.relations} | {
        one.object for one in extraction.relations
    } <= entities
    assert {one.attribution for one in extraction.relations} <= attributions | {None}
    assert all(-1 <= token.head < len(extraction.tokens) for token in extraction.tokens)


def test_all_samples(nlp):
    placed = [one for one in read_articles(find_files([str(SAMPLES)])) if isinstance(one, Placed)]
    articles = [one.article for one in placed]
    assert len(articles) >= 8

    together = list(extract(nlp, articles))
    for article, extraction in zip(articles, together, strict=True):
        check_offsets(extraction)
        check_references(extraction)
        assert len(extraction.attributions) >= 5
        assert from_json(Extraction, to_json(extraction)) == extraction
        for start, end in article.skipped:
            assert not any(m.start < end and start < m.end for m in extraction.mentions)
    assert list(extract(nlp, articles[::-1], batch_size=1))[::-1] == together, "alone or in company"


NASTY = [
    "",
    " ",
    "\n",
    "”",
    '"' * 7,
    "a" * 3000,
    "\U0001f600",
    "\u202e",
    "\r\n\r\n",
    "1 " * 700,
    "“He”\u2028",
]


@pytest.mark.parametrize("text", NASTY)
def test_texts_that_are_hardly_any(nlp, text):
    check_offsets(read(nlp, text))


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(st.characters(exclude_categories=["Cs"]), max_size=400))
def test_any_characters(nlp, text):
    extraction = read(nlp, text)
    check_offsets(extraction)
    check_references(extraction)


@settings(max_examples=25)
@given(words=st.lists(st.sampled_from([*REPORT.split(), "\n", '"', "“", "”", "'s", "he", "("]), max_size=90))
def test_any_order_of_words(nlp, words):
    extraction = read(nlp, " ".join(words))
    check_offsets(extraction)
    check_references(extraction)


def test_a_published_date_is_counted_from(nlp):
    extraction = read(nlp, "Anna Berg met Carl Dorn on Tuesday.", published=date(2023, 3, 16))
    [met] = extraction.relations

    assert (met.time, met.time_basis) == ("2023-03-14", "publication date")
    undated = read(nlp, "Anna Berg met Carl Dorn on Tuesday.")
    assert undated.relations == (replace(met, time=None, time_basis=None),)


@pytest.mark.model
@pytest.mark.parametrize(
    ("verb", "lemma"),
    [
        *(("hoped", "hope"), ("hopped", "hop"), ("hopes", "hope"), ("hops", "hop"), ("rated", "rate")),
        *(("fined", "fine"), ("scares", "scare"), ("stopped", "stop"), ("ran", "run"), ("used", "use")),
    ],
)
def test_a_verb_with_a_silent_e_keeps_it(nlp, verb, lemma):
    doc = nlp(f"Anna Berg {verb} it on Monday.")

    assert doc[2].lemma_ == lemma
