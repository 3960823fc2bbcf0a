"""Extractions written by hand: small articles in which somebody says something about somebody."""

from dataclasses import replace
from datetime import UTC, date, datetime

from graph.provenance import RunInfo
from newsgraph.records import Article, Attribution, Entity, Extraction, Mention, Relation, TextSpan

RUN = RunInfo("run-1", datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC), "0.1.0", "model-1")
LATER = RunInfo("run-2", datetime(2026, 2, 2, 3, 4, 5, tzinfo=UTC), "0.1.0", "model-1")


def made(
    name, speaker="Anna Berg", verb="denied", other="Carl Dorn", object_="MQ-9", publisher="Northern Wire"
):
    """Return an article in which one denies what another did to a thing and then meets him."""
    text = f"{speaker} {verb} that {other} struck the {object_}. {speaker} met {other} on Tuesday."
    article = Article(name, text, f"About {object_}", None, date(2023, 3, 16), publisher)
    return article, _extraction(article, speaker, verb, other, object_)


def _extraction(article, speaker, verb, other, object_):
    text = article.text

    def span(words, after=0):
        start = text.index(words, after)
        return TextSpan(start, start + len(words))

    first_end = text.index(". ") + 1
    again = first_end
    people = (Entity("e0", speaker, "PERSON", (speaker.split()[-1],), 0.9), Entity("e1", other, "PERSON"))
    entities = (*people, Entity("e2", object_, "PRODUCT"), Entity("e3", "Tuesday", "DATE"))
    mentions = (
        Mention("m0", *span(speaker), "PERSON", "name", "e0", 0.99),
        Mention("m1", *span(other), "PERSON", "name", "e1", 0.98),
        Mention("m2", *span(object_), "PRODUCT", "name", "e2", 0.97),
        Mention("m3", *span(speaker, again), "PERSON", "name", "e0", 0.96),
        Mention("m4", *span(other, again), "PERSON", "name", "e1", 0.95),
        Mention("m5", *span("Tuesday"), "DATE", "value", "e3", 0.94),
    )
    content = span(f"that {other} struck the {object_}")
    stance = "denies" if verb == "denied" else "asserts"
    lemma = {"denied": "deny", "said": "say"}[verb]
    attribution = Attribution(
        "a0",
        (span(speaker),),
        (span(verb),),
        (content,),
        "e0",
        None,
        stance,
        "certain",
        "indirect",
        0.9,
        lemma,
    )
    struck = Relation("r0", "struck", "e1", "e2", *content, False, "actual", "a0", None, None, 0.8)
    met = replace(
        struck, id="r1", predicate="met", subject="e0", object="e1", attribution=None, time="2023-03-14"
    )
    met = replace(met, start=span(f"{speaker} met", again).start, end=len(text))
    return Extraction(
        article.id,
        text,
        article.title,
        article.published,
        sentences=(TextSpan(0, first_end), TextSpan(first_end + 1, len(text))),
        mentions=mentions,
        entities=entities,
        attributions=(attribution,),
        relations=(struck, met),
    )
