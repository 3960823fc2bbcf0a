"""The texts with gold clusters on which identity is measured: tests/namesakes/, and GUM's linked entities."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

from extractors.training.conllu import read_conllu
from extractors.training.gum import find_mentions
from flows.reading import read_articles
from ingest.raw_store import find_files
from newsgraph.records import Article, Entity, EntityType, Extraction, Mention, Rejection, TextSpan

ECB_TYPES: dict[str, EntityType] = {
    "HUMAN_PART_PER": "PERSON",
    "HUMAN_PART_ORG": "ORG",
    "HUMAN_PART_GPE": "LOC",
    "LOC_GEO": "LOC",
    "LOC_FAC": "FAC",
}
PARTS = ("tune", "wide", "check", "fresh")
NAMESAKES = Path(__file__).parents[2] / "tests" / "namesakes"
GUM_TYPES: dict[str, EntityType] = {
    "person": "PERSON",
    "organization": "ORG",
    "place": "LOC",
    "object": "PRODUCT",
    "event": "MISC",
    "abstract": "MISC",
}


@dataclass(frozen=True)
class GoldEntity:
    """A thing that an article names."""

    cluster: str  # the same for the same thing in all articles of a set
    type: EntityType
    spans: tuple[TextSpan, ...]
    also: frozenset[str] = frozenset()  # clusters with which to merge it is defensible


@dataclass(frozen=True)
class GoldArticle:
    """An article with the things that it names."""

    article: Article
    entities: tuple[GoldEntity, ...]


def read_namesakes(part: str, root: Path = NAMESAKES) -> list[GoldArticle]:
    """Return the articles of a part of the set, one of PARTS."""
    folder = root / part
    lines = (folder / "gold.jsonl").read_text("utf-8").splitlines()
    gold = {one["article"]: one["entities"] for one in map(json.loads, lines)}
    texts = (one for one in read_articles(find_files([str(folder)])) if not isinstance(one, Rejection))
    found = []
    for placed in texts:
        if placed.article.id in gold:
            text = placed.article.text
            entities = tuple(_gold_entity(one, text) for one in gold[placed.article.id])
            # A page or feed tells the day; in these files it stands behind the headline.
            day = date.fromisoformat(text.splitlines()[1].removeprefix("Published: "))
            found.append(GoldArticle(replace(placed.article, published=day), entities))
    return found


def _gold_entity(one: dict, text: str) -> GoldEntity:
    spans = {span for mention in one["mentions"] for span in _spans(mention, text)}
    longest = [
        span for span in spans if not any(x != span and x[0] <= span[0] and span[1] <= x[1] for x in spans)
    ]
    return GoldEntity(one["cluster"], one["type"], tuple(sorted(longest)), frozenset(one.get("also", ())))


def _spans(mention: str | dict, text: str) -> Iterator[TextSpan]:
    if isinstance(mention, str):
        for match in re.finditer(rf"(?<!\w){re.escape(mention)}(?!\w)", text):
            yield TextSpan(*match.span())
    else:
        yield TextSpan(mention["start"], mention["start"] + len(mention["text"]))


def read_gum(root: Path) -> list[GoldArticle]:
    """Return GUM's documents with what is named in them and linked to a Wikipedia article."""
    paths = sorted((root / "amir-zeldes+gum/dep").glob("*/*.conllu"))
    return [_gum_article(path) for path in paths]


def _gum_article(path: Path) -> GoldArticle:
    text, found = "", dict[str, dict[TextSpan, str]]()
    for document in read_conllu(path):
        places = []
        for word in document.words:
            text += "" if not text else " "
            places.append(TextSpan(len(text), len(text) + len(word.text)))
            text += word.text
        for mention in find_mentions(document):
            words = document.words[mention.start : mention.end]
            if mention.title and mention.type in GUM_TYPES and words[-1].syntax.xpos.startswith("NNP"):
                while words and words[0].syntax.xpos in {"DT", "PRP$", "JJ", "NN", "NNS"}:
                    words = words[1:]
                start = places[mention.end - len(words)].start
                span = TextSpan(start, places[mention.end - 1].end)
                found.setdefault(mention.title, {})[span] = mention.type
    entities = tuple(
        GoldEntity(title, GUM_TYPES[next(iter(spans.values()))], tuple(sorted(spans)))
        for title, spans in found.items()
    )
    return GoldArticle(Article(path.stem, text), entities)


def gold_extraction(gold: GoldArticle, read: Extraction) -> Extraction:
    """Return what was read, but with the things and names of the gold: to measure the resolver by itself."""
    by_span = {
        (mention.start, mention.end): mention.entity for mention in read.mentions if mention.kind == "name"
    }
    system = {one.id: one for one in read.entities}
    entities, mentions, renamed = list[Entity](), list[Mention](), dict[str, str]()
    for number, one in enumerate(gold.entities):
        if not one.spans:
            continue
        words = dict.fromkeys(read.text[start:end] for start, end in one.spans)
        name = max(words, key=lambda word: (len(word.split()), len(word)))
        seen = [by_span[span] for span in one.spans if span in by_span]
        # What the linker said of another thing, mixed up with this one, does not count.
        named = [by_span[span] for span in one.spans if span in by_span and read.text[slice(*span)] == name]
        linked = [system[x] for x in named if system[x].type == one.type]
        known = next((x for x in linked if x.known), next((x for x in linked if x.rolls_up_to), None))
        entity = Entity(f"g{number}", name, one.type, tuple(word for word in words if word != name))
        if known is not None:
            entity = replace(entity, known=known.known, same_as=known.same_as, rolls_up_to=known.rolls_up_to)
        entities.append(entity)
        renamed.update(dict.fromkeys(seen, entity.id))
        mentions += [
            Mention(f"{entity.id}.{k}", *span, one.type, "name", entity.id, 1.0)
            for k, span in enumerate(one.spans)
        ]
    mentions += [
        replace(x, entity=renamed[x.entity])
        for x in read.mentions
        if x.kind != "name" and x.entity in renamed
    ]
    relations = tuple(
        replace(x, subject=renamed[x.subject], object=renamed[x.object], place=None)
        for x in read.relations
        if x.subject in renamed and x.object in renamed
    )
    return Extraction(
        read.id,
        read.text,
        read.title,
        read.published,
        mentions=tuple(mentions),
        entities=tuple(entities),
        relations=relations,
    )


def names_only(gold: GoldArticle) -> Extraction:
    """Return an extraction with nothing but the gold's names: for texts that the pipeline was trained on."""
    return gold_extraction(gold, Extraction(gold.article.id, gold.article.text))


def read_ecb_plus(root: Path, topics: Iterable[int]) -> list[GoldArticle]:
    """Return articles of ECB+ with the people, bodies and places that are linked across them and named."""
    folder = root / "tommasoc80+EventStoryLine/ECB+_LREC2014/ECB+"
    paths = [path for topic in topics for path in sorted((folder / str(topic)).glob("*.xml"))]
    return [_ecb_article(path) for path in paths]


def _ecb_article(path: Path) -> GoldArticle:
    root = ElementTree.parse(path).getroot()  # noqa: S314 - a corpus, not the network
    text, places, sentence = "", dict[str, TextSpan](), ""
    for token in root.iter("token"):
        gap = "" if not text else " " if token.get("sentence") == sentence else "\n"
        sentence = token.get("sentence", "")
        start = len(text) + len(gap)
        text += gap + (token.text or "")
        places[token.get("t_id", "")] = TextSpan(start, len(text))
    spans = {
        mention.get("m_id"): (mention.tag, [places[anchor.get("t_id", "")] for anchor in mention])
        for mention in root.iterfind("Markables/*")
        if len(mention)
    }
    entities = []
    for link in root.iterfind("Relations/CROSS_DOC_COREF"):
        named = [spans[one.get("m_id")] for one in link.iterfind("source") if one.get("m_id") in spans]
        found = {TextSpan(some[0].start, some[-1].end) for tag, some in named if tag in ECB_TYPES}
        names = {span for span in found if _is_name(text[span.start : span.end])}
        if names:
            kind = next(ECB_TYPES[tag] for tag, _ in named if tag in ECB_TYPES)
            entities.append(GoldEntity(link.get("note", ""), kind, tuple(sorted(names))))
    return GoldArticle(Article(path.stem, text), tuple(entities))


def _is_name(words: str) -> bool:
    return all(
        word[0].isupper() or word in {"of", "the", "and"} or not word[0].isalpha() for word in words.split()
    )
