"""B³ across articles: of the names put with each, which share is of its thing, and the reverse."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from pyoxigraph import NamedNode

from benchmarks.identity.sets import GoldArticle
from graph.clusters import solve
from graph.decisions import Decisions
from graph.profiles import Profile, profiles_in
from graph.resolve import Resolver
from graph.scoring import Model, shipped_model
from newsgraph.records import Extraction

Key = tuple[str, int, int]  # article, characters


class Figures(NamedTuple):
    """How right it is."""

    precision: float
    lenient: float  # precision, where defensible merges count as right
    recall: float
    found: float  # share of the names that the pipeline found


def resolved(extractions: Sequence[Extraction], model: Model | None = None) -> Mapping[Key, str]:
    """Return the canonical entity of each name, without a store: the same functions decide."""
    model, nothing = model or shipped_model(), Decisions()
    blocks: defaultdict[str, set[Profile]] = defaultdict(set)
    for extraction in extractions:
        for profile in profiles_in(extraction).values():
            blocks[profile.block].add(profile)
    clusters: dict[NamedNode, NamedNode] = {}
    for profiles in blocks.values():
        solved = solve(profiles, nothing.limits, model)
        clusters |= solved.clusters
        clusters |= {
            x.node: clusters.get(x.name_node, x.name_node) for x in profiles if x.node not in solved.clusters
        }  # type: ignore[arg-type,misc]
    resolver = Resolver(nothing, lambda node: clusters.get(node, node))
    found: dict[Key, str] = {}
    for number, extraction in enumerate(extractions):
        identity = resolver.identities(extraction, f"{number:016x}")
        for mention in extraction.mentions:
            if mention.kind == "name" and mention.entity in identity:
                found[extraction.id, mention.start, mention.end] = identity[mention.entity].canonical.value
    return found


def figures(gold: Iterable[GoldArticle], found: Mapping[Key, str]) -> Figures:
    """Return the figures for what was found. A name that was not found is alone.

    Each thing of each article counts once, whatever number of names it has there: so what is found within an
    article, which is much easier, does not hide what is not found across articles.
    """
    things: dict[Key, str] = {}
    also: dict[Key, frozenset[str]] = {}
    weights: dict[Key, float] = {}
    for one in gold:
        for entity in one.entities:
            for start, end in entity.spans:
                key = (one.article.id, start, end)
                things[key], also[key], weights[key] = entity.cluster, entity.also, 1 / len(entity.spans)
    matched = {key: _match(key, found) for key in things}
    answers = {key: answer or f"nothing {key}" for key, answer in matched.items()}
    by_thing, by_answer = _gathered(things), _gathered(answers)

    def weight(keys: Iterable[Key]) -> float:
        return sum(weights[one] for one in keys)

    precision = lenient = recall = 0.0
    for key, thing in things.items():
        together = by_answer[answers[key]]
        right = [x for x in together if things[x] == thing]
        fair = [x for x in together if things[x] == thing or things[x] in also[key] or thing in also[x]]
        precision += weights[key] * weight(right) / weight(together)
        lenient += weights[key] * weight(fair) / weight(together)
        recall += weights[key] * weight(right) / weight(by_thing[thing])
    total = weight(things)
    share_found = weight(key for key, answer in matched.items() if answer is not None) / total
    return Figures(precision / total, lenient / total, recall / total, share_found)


def _match(key: Key, found: Mapping[Key, str]) -> str | None:
    if key in found:
        return found[key]
    article, start, end = key
    near = [
        x for x in found if x[0] == article and x[1] < end and start < x[2] and (x[1] == start or x[2] == end)
    ]
    return found[near[0]] if near else None


def _gathered(answers: Mapping[Key, str]) -> Mapping[str, list[Key]]:
    groups: defaultdict[str, list[Key]] = defaultdict(list)
    for key, answer in answers.items():
        groups[answer].append(key)
    return groups


def errors(gold: Iterable[GoldArticle], found: Mapping[Key, str]) -> list[str]:
    """Return, in words, which things were put together wrongly and which fell apart."""
    articles = {one.article.id: one.article.text for one in gold}
    names: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for one in gold:
        for entity in one.entities:
            for start, end in entity.spans:
                answer = _match((one.article.id, start, end), found)
                if answer is not None:
                    words = articles[one.article.id][start:end]
                    names[entity.cluster, answer.rpartition("/")[2]].add(f"{one.article.id}:{words}")
    by_answer, by_thing = defaultdict(list), defaultdict(list)
    for thing, answer in sorted(names):
        by_answer[answer].append(thing)
        by_thing[thing].append(answer)
    told = [
        f"one node, {answer}: " + " | ".join(f"{x} ({', '.join(sorted(names[x, answer])[:4])})" for x in some)
        for answer, some in by_answer.items()
        if len(some) > 1
    ]
    told += [
        f"{len(some)} nodes, {thing}: "
        + " | ".join(f"{x} ({', '.join(sorted(names[thing, x])[:4])})" for x in some)
        for thing, some in by_thing.items()
        if len(some) > 1
    ]
    return told
