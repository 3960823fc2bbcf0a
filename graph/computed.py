"""Answers that SPARQL alone cannot give: paths, betweenness, what two runs read otherwise.

Each function takes the terms of the parameters of its question (graph/queries/computed/) and gives rows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import pairwise

from pyoxigraph import Literal, NamedNode, QueryResultsFormat, QuerySolutions, Store

from graph.betweenness import Links, between, neighbours
from graph.held import first_value, values
from graph.history import run_diff
from graph.parameters import placed
from graph.query import answer, solutions
from graph.sides import members_of
from graph.snapshots import Reader
from graph.terms import LABEL, OBJECT, SUBJECT, VIEW, flag_literal, ng, value_of
from graph.views.indexed import searchable
from newsgraph.errors import QueryError, UnknownArticleError

Terms = Mapping[str, NamedNode | Literal]
Row = tuple[str | int | float | NamedNode, ...]

MAX_HOPS = 6
MAX_MEMBERS = 12  # of each side whose paths are followed: each costs a walk through the network
MAX_BRIDGES = 20
EXAMPLES = 1000

_HOP = """
SELECT ?from ?how ?to ?certainty ?stance ?who ?sentence ?article WHERE {
  {
    SELECT ?evidence ?a ?b ?factuality ?how ?local ?article WHERE {
      {
        {
          { SELECT ?evidence WHERE { GRAPH g:view { ?evidence rdf:subject $one } } }
          { SELECT ?evidence WHERE { GRAPH g:view { ?evidence rdf:object $other } } }
          BIND($one AS ?a) BIND($other AS ?b)
        }
        UNION
        {
          { SELECT ?evidence WHERE { GRAPH g:view { ?evidence rdf:subject $other } } }
          { SELECT ?evidence WHERE { GRAPH g:view { ?evidence rdf:object $one } } }
          BIND($other AS ?a) BIND($one AS ?b)
        }
      }
      LATERAL { GRAPH g:view { ?evidence ng:factuality ?factuality } }
      FILTER(?factuality = ng:NarratorAsserted || $claims && ?factuality != ng:NotActual)
      LATERAL { GRAPH g:view { ?evidence ng:evidence ?local ; ng:inArticle ?node ; rdf:predicate ?verb } }
      LATERAL { OPTIONAL { GRAPH g:view { ?evidence ng:openPredicate ?open } } }
      LATERAL { GRAPH g:articles { ?node schema:identifier ?article } }
      BIND(COALESCE(?open, STRAFTER(STR(?verb), "#")) AS ?how)
    }
    ORDER BY DESC(?factuality = ng:NarratorAsserted) DESC(?factuality = ng:AttributedOnly)
      ?article ?how ?evidence
    LIMIT 1
  }
  LATERAL { GRAPH g:view { ?a skos:prefLabel ?from . ?b skos:prefLabel ?to } }
  LATERAL { OPTIONAL { GRAPH g:view { ?evidence ng:stance ?itsStance } } }
  LATERAL { OPTIONAL { GRAPH g:view { ?evidence ng:attributedTo/skos:prefLabel ?speaker } } }
  LATERAL { OPTIONAL { GRAPH ?g { ?local ng:sentence/nif:anchorOf ?sentence } } }
  BIND(STRAFTER(STR(?factuality), "#") AS ?certainty)
  BIND(COALESCE(STRAFTER(STR(?itsStance), "#"), "") AS ?stance)
  BIND(COALESCE(?speaker, "(unnamed)") AS ?named)
  BIND(IF(?factuality = ng:NarratorAsserted, "(the article's own voice)", ?named) AS ?who)
}
LIMIT 1
"""
# Few are left after each step, so each joins what the one before it has with one whole table.
_MEMBERS = """
SELECT DISTINCT ?entity ?isOther WHERE {
  {
    SELECT DISTINCT ?decision ?isOther WHERE {
      {
        SELECT DISTINCT ?local ?isOther WHERE {
          { SELECT (?part AS ?local) ?isOther WHERE { $parts } }
          UNION
          {
            {
              SELECT ?held ?isOther WHERE {
                {
                  SELECT ?held WHERE {
                    VALUES ?post { ng:holdsPostAt ng:leads }
                    LATERAL { GRAPH ?any { ?held rdf:predicate ?post } }
                  }
                }
                { SELECT ?held ?part WHERE { GRAPH ?any { ?held rdf:object ?part } } }
                { SELECT DISTINCT ?part ?isOther WHERE { $parts } }
              }
            }
            { SELECT ?held ?local WHERE { GRAPH ?any { ?held rdf:subject ?local } } }
          }
        }
      }
      { SELECT ?decision ?local WHERE { GRAPH g:identity { ?decision ng:left ?local } } }
    }
  }
  { SELECT ?decision ?entity WHERE { GRAPH g:identity { ?decision ng:right ?entity } } }
}
"""
_PARTS = """
{
  SELECT DISTINCT ?thing ?isOther WHERE {
    { ?thing ng:rollsUpTo* $one BIND(false AS ?isOther) }
    UNION { ?thing ng:rollsUpTo* $other BIND(true AS ?isOther) }
  }
}
LATERAL { GRAPH ?any { { ?part ng:known ?thing } UNION { ?part ng:rollsUpTo ?thing } } }
"""
_LINKS = """
SELECT DISTINCT ?a ?b ?isFact WHERE {
  {
    SELECT ?evidence ?isFact WHERE {
      GRAPH g:view { ?evidence ng:factuality ?factuality }
      FILTER(?factuality != ng:NotActual)
      BIND(?factuality = ng:NarratorAsserted AS ?isFact)
    }
  }
  { SELECT ?evidence ?a WHERE { GRAPH g:view { ?evidence rdf:subject ?a } } }
  { SELECT ?evidence ?b WHERE { GRAPH g:view { ?evidence rdf:object ?b } } }
}
"""
_NOT_SO = """
SELECT ?told WHERE {
  GRAPH g:view { ?evidence ng:factuality ng:NotActual }
  LATERAL { GRAPH g:view { ?evidence ng:evidence ?told } }
}
"""
_CONTACTS = """
SELECT DISTINCT ?a ?one ?b ?other ?speaker ?name ?node WHERE {
  GRAPH g:view {
    { VALUES ?predicate { ng:spokeWith ng:met ng:negotiatedWith } ?evidence rdf:predicate ?predicate }
    UNION
    { VALUES ?open { "telephone" "phone" } ?evidence ng:openPredicate ?open }
  }
  LATERAL {
    GRAPH g:view {
      ?evidence ng:factuality ng:AttributedOnly ; ng:stance ng:Asserts ; a ng:EdgeEvidence ; rdf:subject ?a ;
        rdf:object ?b ; ng:attributedTo ?speaker ; ng:inArticle ?node .
    }
  }
  FILTER(COALESCE($person IN (?a, ?b), true))
  LATERAL { GRAPH g:view { ?a skos:prefLabel ?one . ?b skos:prefLabel ?other } }
  LATERAL { GRAPH g:view { ?speaker skos:prefLabel ?name } }
}
"""
# Whole tables joined, of which only what a few entities have comes out: what is spoken of often stands in
# thousands of articles, and to look up each of them takes minutes.
_COUNTED_FOR = """
SELECT DISTINCT ?entity ?thing WHERE {
  {
    SELECT DISTINCT ?entity ?its ?place WHERE {
      VALUES ?entity { $entities }
      { SELECT ?decision ?entity WHERE { GRAPH g:identity { ?decision ng:right ?entity } } }
      { SELECT ?decision ?local WHERE { GRAPH g:identity { ?decision ng:left ?local } } }
      {
        SELECT ?local ?its ?place WHERE {
          { GRAPH ?any { ?local ng:known ?its } }
          UNION { GRAPH ?any { ?local ng:rollsUpTo ?its } }
          UNION
          {
            {
              SELECT ?held WHERE {
                VALUES ?post { ng:holdsPostAt ng:leads } LATERAL { GRAPH ?any { ?held rdf:predicate ?post } }
              }
            }
            { SELECT ?held ?local WHERE { GRAPH ?any { ?held rdf:subject ?local } } }
            { SELECT ?held ?place WHERE { GRAPH ?any { ?held rdf:object ?place } } }
          }
        }
      }
    }
  }
  LATERAL {
    { FILTER(BOUND(?its)) BIND(?its AS ?thing) }
    UNION
    {
      { FILTER(BOUND(?place)) }
      LATERAL {
        { GRAPH ?g { ?place ng:known ?thing } }
        UNION { GRAPH ?g { ?place ng:rollsUpTo ?thing } }
        UNION
        {
          GRAPH g:identity { ?placed ng:left ?place }
          LATERAL { GRAPH g:identity { ?placed ng:right ?thing } }
        }
      }
    }
  }
}
"""
_ROLLS_UP = """
SELECT DISTINCT ?thing ?wider WHERE {
  { SELECT DISTINCT ?thing WHERE { GRAPH ?any { ?thing a ng:KnownThing } } }
  { SELECT ?thing ?wider WHERE { GRAPH ?any { ?thing ng:rollsUpTo ?wider } } }
}
"""


def evidence_path(reader: Reader, terms: Terms) -> Iterator[Row]:
    """Yield the hops of a shortest path between two entities, each with the sentence that it rests on."""
    one, other = (value_of(terms[name]) for name in ("one", "other"))
    if one == other:
        raise QueryError("one and other are the same: a chain leads from one thing to another")
    path = _path(_Links(reader.store, claims=_is_yes(terms, "claims")), one, other)
    for number, (left, right) in enumerate(pairwise(path), start=1):
        yield number, *_hop(reader, left, right, claims=_is_yes(terms, "claims"))


def bridges(reader: Reader, terms: Terms) -> list[Row]:
    """Return who lies most often on the shortest paths between two sides, on facts only and with claims."""
    if terms["one"] == terms["other"]:
        raise QueryError("one and other are the same side")
    one, other = _members(reader, terms)
    both = [one - other, other - one]
    told: list[dict[str, float]] = []
    links = _links(reader)
    for claims in (False, True):
        network = neighbours((a, b) for a, b, is_fact in links if claims or is_fact)
        sources, targets = (_most_linked(network, side) for side in both)
        told.append(between(network, sources, targets))
    ranks = {
        node: (-round(told[0].get(node, 0.0), 4), -round(told[1].get(node, 0.0), 4))
        for node in told[0].keys() | told[1].keys()
    }
    ranked = sorted(rank for rank in ranks.values() if any(rank))[:MAX_BRIDGES]
    names = {
        node: first_value(reader.store, NamedNode(node), LABEL, VIEW)
        for node, rank in ranks.items()
        if any(rank) and rank <= ranked[-1]
    }
    listed = sorted(names, key=lambda node: (ranks[node], names[node], node))[:MAX_BRIDGES]
    sides = {node: "one" if node in both[0] else "other" for node in both[0] | both[1]}
    return [
        (names[node], sides.get(node, ""), abs(ranks[node][0]), abs(ranks[node][1]), NamedNode(node))
        for node in listed
    ]


def one_sided_contacts(reader: Reader, terms: Terms) -> list[Row]:
    """Return the contacts that one side of the two tells of and the other does not."""
    told: dict[tuple[str, str], dict[str, set[tuple[str, str]]]] = {}
    names: dict[str, str] = {}
    contacts = [tuple(map(value_of, row)) for row in solutions(reader, placed(_CONTACTS, terms))[1]]
    marks = _marks(reader, {entity for a, _, b, _, speaker, *_ in contacts for entity in (a, b, speaker)})
    for a, one, b, other, speaker, name, node in contacts:
        names |= {a: one, b: other}
        sides = [side for side in (a, b) if side == speaker or marks[side] & marks[speaker]]
        pair = told.setdefault((min(a, b), max(a, b)), {})
        for side in sides:
            pair.setdefault(side, set()).add((name, node))
    rows = [
        (
            names[a],
            names[b],
            _listed(name for name, _ in reports),
            names[side],
            len({n for _, n in reports}),
        )
        for (a, b), by_side in told.items()
        if len(by_side) == 1
        for side, reports in by_side.items()
    ]
    return sorted(rows)


def extractor_differences(reader: Reader, terms: Terms) -> Iterator[Row]:
    """Yield what one run or model read otherwise than another in the articles that both read."""
    one, other = (value_of(terms[name]) for name in ("one", "other"))
    try:
        found = run_diff(reader, one, other, examples=EXAMPLES)
    except UnknownArticleError as error:
        raise QueryError(str(error)) from None
    for article, change in found.examples:
        old = "" if change.fate == "gained" else change.stated.position
        new = change.stated if change.fate == "gained" else change.after
        yield (
            article, change.fate, change.stated.kind, change.stated.who, change.stated.words,
            old, new.position if new else "", (new or change.stated).sentence,
        )  # fmt: skip


COMPUTED: dict[str, Callable[[Reader, Terms], Iterable[Row]]] = {
    "evidence_path": evidence_path,
    "bridges": bridges,
    "one_sided_contacts": one_sided_contacts,
    "extractor_differences": extractor_differences,
}


class _Links:
    """Who is linked with whom by evidence, read from the store as far as a search goes."""

    def __init__(self, store: Store, *, claims: bool) -> None:
        self._store = store
        self._allowed = {ng("NarratorAsserted").value}
        if claims:
            self._allowed |= {ng("AttributedOnly").value, ng("ClaimAbout").value}

    def of(self, node: str) -> list[str]:
        """Return the neighbours of an entity, in the order of their IRIs."""
        found = set()
        for here, there in ((SUBJECT, OBJECT), (OBJECT, SUBJECT)):
            for quad in self._store.quads_for_pattern(None, here, NamedNode(node), VIEW):
                evidence = NamedNode(value_of(quad.subject))
                if self._allowed & set(values(self._store, evidence, ng("factuality"), VIEW)):
                    found.update(values(self._store, evidence, there, VIEW))
        return sorted(found)


def _path(links: _Links, one: str, other: str) -> list[str]:
    """Return a shortest path between two entities, found from both ends; empty if there is none."""
    before: list[dict[str, str]] = [{one: ""}, {other: ""}]
    edges = [[one], [other]]
    for _ in range(MAX_HOPS):
        turn = 0 if len(edges[0]) <= len(edges[1]) else 1
        fresh = []
        for node in edges[turn]:
            for neighbour in links.of(node):
                if neighbour not in before[turn]:
                    before[turn][neighbour] = node
                    fresh.append(neighbour)
        if meeting := sorted(set(fresh) & before[1 - turn].keys()):
            return _walk(before[0], meeting[0])[::-1] + _walk(before[1], meeting[0])[1:]
        edges[turn] = sorted(fresh)
    return []


def _walk(before: Mapping[str, str], node: str) -> list[str]:
    found = []
    while node:
        found.append(node)
        node = before[node]
    return found


def _listed(names: Iterable[str]) -> str:
    return ", ".join(sorted(set(names)))


def _hop(reader: Reader, one: str, other: str, *, claims: bool) -> tuple[str, ...]:
    """Return the best evidence that links two neighbours: facts before claims, claims before words about."""
    terms: Terms = {"one": NamedNode(one), "other": NamedNode(other), "claims": flag_literal(claims)}
    _, [row] = solutions(reader, placed(_HOP, terms))
    return tuple("" if cell is None else value_of(cell) for cell in row)


def _members(reader: Reader, terms: Terms) -> tuple[set[str], set[str]]:
    """Return the entities that count for each of two sides: its bodies, and those who hold posts there."""
    with searchable(reader) as index:
        if index is not None:
            one, other = (members_of(reader, index, value_of(terms[name])) for name in ("one", "other"))
            return one, other
    found: tuple[set[str], set[str]] = (set(), set())
    for entity, is_other in solutions(reader, placed(_MEMBERS.replace("$parts", _PARTS), terms))[1]:
        found[value_of(is_other) == "true"].add(value_of(entity))
    return found


def _marks(reader: Reader, entities: Iterable[str]) -> Mapping[str, frozenset[str]]:
    """Return what each entity counts for, and where it holds posts."""
    listed = " ".join(str(NamedNode(entity)) for entity in sorted(entities))
    _, rows = solutions(reader, _COUNTED_FOR.replace("$entities", listed))
    found: dict[str, set[str]] = {entity: {entity} for entity in entities}
    for entity, thing in rows:
        found[value_of(entity)].add(value_of(thing))
    wider: dict[str, set[str]] = {}
    for thing, its in solutions(reader, _ROLLS_UP)[1]:
        wider.setdefault(value_of(thing), set()).add(value_of(its))
    return {entity: _rolled_up(things, wider) for entity, things in found.items()}


def _rolled_up(things: Iterable[str], wider: Mapping[str, Iterable[str]]) -> frozenset[str]:
    """Return things with all that they count for."""
    found, edge = set(things), list(things)
    while edge:
        fresh = set(wider.get(edge.pop(), ())) - found
        found |= fresh
        edge += fresh
    return frozenset(found)


def _links(reader: Reader) -> Iterable[tuple[str, str, bool]]:
    """Return who is linked with whom, and whether by what an article says in its own voice or by a claim.

    The search index has all links together; where it does not hold this snapshot, the graph is asked.
    """
    with searchable(reader) as index:
        pairs = index.pairs() if index is not None else None
    if pairs is None:
        return {(a, b, is_fact == "true") for a, b, is_fact in _told(reader, _LINKS)}
    not_so = {told for (told,) in _told(reader, _NOT_SO)}  # denied in the article's own words, or not yet
    return {(one, other, bool(is_fact)) for one, other, is_fact, told in pairs if told not in not_so}


def _told(reader: Reader, query: str) -> Iterator[list[str]]:
    """Yield rows of IRIs and booleans.

    Written and split, by the ten thousand, in a tenth of the time that it takes to name each cell.
    """
    with answer(reader, query) as found:
        if not isinstance(found, QuerySolutions):
            raise TypeError(query)
        _, *lines = (found.serialize(format=QueryResultsFormat.TSV) or b"").decode().splitlines()
    for line in lines:
        yield [cell.strip("<>") for cell in line.split("\t")]


def _most_linked(network: Links, side: Iterable[str]) -> list[str]:
    there = [node for node in side if node in network]
    return sorted(there, key=lambda node: (-len(network[node]), node))[:MAX_MEMBERS]


def _is_yes(terms: Terms, name: str) -> bool:
    return name in terms and value_of(terms[name]) == "true"
