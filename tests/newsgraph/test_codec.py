import json
from dataclasses import fields
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsgraph.codec import from_json, json_text, published_json, to_json
from newsgraph.errors import RecordError
from newsgraph.records import (
    Article,
    Attribution,
    Entity,
    Extraction,
    Mention,
    Outcome,
    Rejection,
    Relation,
    TextSpan,
    Token,
)

SPANS = st.lists(st.builds(TextSpan, st.integers(0), st.integers(0)), max_size=3).map(tuple)
CONFIDENCE = st.floats(0, 1)


def tuples(strategy):
    return st.lists(strategy, max_size=2).map(tuple)


EXTRACTIONS = st.builds(
    Extraction,
    published=st.none() | st.dates(),
    sentences=SPANS,
    tokens=tuples(st.builds(Token)),
    mentions=tuples(st.builds(Mention, confidence=CONFIDENCE)),
    entities=tuples(
        st.builds(
            Entity,
            aliases=tuples(st.text()),
            salience=CONFIDENCE,
            same_as=tuples(st.text()),
            known=st.text(),
            rolls_up_to=st.text(),
        )
    ),
    attributions=tuples(
        st.builds(
            Attribution, source=SPANS, cue=SPANS, content=SPANS, confidence=CONFIDENCE, cue_lemma=st.text()
        )
    ),
    relations=tuples(st.builds(Relation, confidence=CONFIDENCE)),
)
ARTICLES = st.builds(Article, published=st.none() | st.dates(), skipped=SPANS)


@given(st.one_of(EXTRACTIONS, ARTICLES))
def test_records_survive_json(record):
    assert from_json(type(record), json.loads(json.dumps(to_json(record)))) == record


@given(st.one_of(EXTRACTIONS, ARTICLES))
def test_the_text_of_records_is_that_of_their_json_values(record):
    told = json.dumps(
        {"b": to_json(record), "a": 1}, ensure_ascii=False, separators=(",", ":"), sort_keys=True
    )

    assert json_text({"b": record, "a": 1}) == told


def test_keys_are_in_camel_case_and_dates_are_iso():
    written = to_json(
        Extraction("a", "Rain.", published=date(2023, 3, 16), entities=(Entity("e0", "Rain", "MISC"),))
    )

    assert written["published"] == "2023-03-16"
    assert written["entities"][0]["sameAs"] == []


@pytest.mark.parametrize(
    "value",
    [None, [], {}, {"id": "a"}, {"id": "a", "text": 1}, {"id": "a", "text": "b", "sentences": [[1, "2"]]}],
)
def test_what_is_no_record_is_told(value):
    with pytest.raises(RecordError, match="not a Extraction"):
        from_json(Extraction, value)


def test_a_label_that_is_not_in_the_list_is_told():
    with pytest.raises(RecordError, match="PLANET"):
        from_json(Entity, {"id": "e0", "name": "Mars", "type": "PLANET"})


def test_what_extract_prints_is_the_promised_shape():
    """docs/reference/extract.md promises these keys to outsiders."""
    attribution = Attribution(
        "a0", (), (), (), None, None, "denies", "certain", "direct", 0.5, cue_lemma="deny"
    )

    printed = published_json(Extraction("a", "Rain.", attributions=(attribution,)))

    assert list(printed) == [
        "id", "text", "title", "published", "sentences", "mentions", "entities", "attributions", "relations",
        "propositions",
    ]  # fmt: skip
    assert list(printed["attributions"][0]) == [
        "id", "source", "cue", "content", "speaker", "via", "stance", "certainty", "speech", "confidence",
        "cueType", "temporality", "addressee", "relays", "medium", "inside",
    ]  # fmt: skip


def test_tokens_are_printed_on_demand():
    assert published_json(Extraction("a", "Rain."), tokens=True)["tokens"] == []


def test_outcomes_add_up():
    one, other = Outcome(1, 2, (Rejection("a", "b"),)), Outcome(3, 4, (Rejection("c", "d"),))

    assert one + other == Outcome(4, 6, (Rejection("a", "b"), Rejection("c", "d")))


def test_the_version_of_an_article_changes_with_its_identity_and_its_text_only():
    article = Article("a", "Rain.")

    assert article.version_id == Article("a", "Rain.", title="Wet", publisher="The Drop").version_id
    assert len({article.version_id, Article("b", "Rain.").version_id, Article("a", "Rain").version_id}) == 3
    assert len(article.version_id) == 16


def test_records_cannot_be_changed():
    for kind in (Article, Extraction, Token, Mention, Entity, Attribution, Relation, Outcome, Rejection):
        assert kind.__dataclass_params__.frozen, kind
        assert not hasattr(kind, "__dict__") or "__dict__" not in kind.__slots__, kind
        assert fields(kind)
