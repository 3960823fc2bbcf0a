"""The ontology agrees with the code, the saved queries, the shapes and the predicates' vocabulary."""

import re
from pathlib import Path
from typing import get_args, get_type_hints

import pytest
import rdflib
from rdflib import OWL, RDF, RDFS, SKOS, URIRef

from graph import terms
from newsgraph.records import (
    Certainty,
    CueType,
    EntityKind,
    MentionKind,
    Modality,
    Speech,
    Stance,
    Temporality,
    Value,
    ValueKind,
)
from newsgraph.vocabulary import load_vocabulary

GRAPH = Path(terms.__file__).parent
NG, PLOVER = rdflib.Namespace(terms.NAMESPACES["ng"]), rdflib.Namespace(terms.NAMESPACES["plover"])
ONTOLOGY = rdflib.Graph().parse(GRAPH / "ontology" / "newsgraph.ttl")
EVENT_CLASSES = rdflib.Graph().parse(GRAPH / "ontology" / "plover.ttl")

IN_CODE = re.compile(r"""\bng\("(\w+)"\)|"ng:(\w+)"|\("(\w+Span)",""")
IN_TEXT = re.compile(r"\bng:(\w+)")


def _named(pattern, *globs):
    """Return where each term is named, by its local name."""
    found = {}
    for path in sorted(path for glob in globs for path in GRAPH.glob(glob)):
        for match in pattern.finditer(path.read_text(encoding="utf-8")):
            found[next(group for group in match.groups() if group)] = path.name
    return found


def _short(node):
    return next(
        f"{prefix}:{node[len(iri) :]}" for prefix, iri in terms.NAMESPACES.items() if node.startswith(iri)
    )


def _classes(types):
    return {_short(terms.ENTITY_CLASSES[one].value) for one in types}


def _defined(local):
    node = NG[local]
    return all((node, about, None) in ONTOLOGY for about in (RDF.type, RDFS.label, RDFS.comment))


@pytest.mark.parametrize("named", [
    _named(IN_CODE, "*.py"),
    _named(IN_TEXT, "queries/*.rq"),
    _named(IN_TEXT, "shapes/*.ttl"),
    _named(IN_TEXT, "../docs/reference/graph.md"),
], ids=["code", "queries", "shapes", "reference"])  # fmt: skip
def test_every_term_in_use_is_defined(named):
    assert named
    assert {name: file for name, file in named.items() if not _defined(name)} == {}


def test_terms_of_terms_py_are_defined():
    tables = (terms.ENTITY_CLASSES, terms.STANCES, terms.ABOUT_PREDICATES)
    used = {node.value for table in tables for node in table.values()} | {terms.NARRATOR.value}

    assert {node for node in used if node in NG and not _defined(node.removeprefix(NG))} == set()


@pytest.mark.parametrize(("values", "kind"), [
    (MentionKind, "MentionKind"),
    (EntityKind, "EntityKind"),
    (Certainty, "Certainty"),
    (Speech, "SpeechType"),
    (Modality, "Modality"),
    (CueType, "CueType"),
    (Temporality, "Temporality"),
    (ValueKind, "ValueKind"),
], ids=lambda value: value if isinstance(value, str) else "")  # fmt: skip
def test_values_of_the_records_are_the_individuals(values, kind):
    kept = [value for value in get_args(values) if value != "passing"]  # Extraction.without_passing
    individuals = {URIRef(terms.individual(value).value) for value in kept}

    assert individuals == set(ONTOLOGY.subjects(RDF.type, NG[kind]))


def test_stances_and_bounds_are_the_individuals():
    bounds = {URIRef(node.value) for node in terms.BOUNDS.values()}

    assert set(get_args(get_type_hints(Value)["bound"])) == set(terms.BOUNDS)
    assert bounds == set(ONTOLOGY.subjects(RDF.type, NG.Bound))
    assert set(get_args(Stance)) == set(terms.STANCES) == set(terms.ABOUT_PREDICATES)
    assert {URIRef(node.value) for node in terms.STANCES.values()} == set(
        ONTOLOGY.subjects(RDF.type, NG.Stance)
    )


def test_every_own_subject_has_one_label_and_one_comment():
    for node in set(ONTOLOGY.subjects(RDF.type, None)):
        if node in NG:
            counts = [len(list(ONTOLOGY.objects(node, about))) for about in (RDFS.label, RDFS.comment)]
            assert counts == [1, 1], node


def test_nothing_is_spoken_of_that_is_not_defined():
    spoken_of = {node for triple in ONTOLOGY for node in triple if node in NG}

    assert {node for node in spoken_of if not _defined(node.removeprefix(NG))} == set()


def test_predicates_are_those_of_the_vocabulary():
    assert set(ONTOLOGY.subjects(RDF.type, NG.RelationPredicate)) == {NG[name] for name in load_vocabulary()}


@pytest.mark.parametrize("name", load_vocabulary())
def test_predicate_agrees_with_the_vocabulary(name):
    node, kind = NG[name], load_vocabulary()[name]

    assert (node, RDF.type, OWL.ObjectProperty) in ONTOLOGY
    assert str(ONTOLOGY.value(node, RDFS.label)) == kind.label
    assert str(ONTOLOGY.value(node, RDFS.comment)) == kind.comment
    assert ((node, RDF.type, OWL.SymmetricProperty) in ONTOLOGY) == kind.symmetric
    assert ONTOLOGY.value(node, NG.ploverClass) == (PLOVER[kind.plover] if kind.plover else None)
    assert {_short(one) for one in ONTOLOGY.objects(node, NG.subjectType)} == _classes(kind.subject)
    assert {_short(one) for one in ONTOLOGY.objects(node, NG.objectType)} == _classes(kind.object)


def test_event_classes_are_those_of_the_vocabulary():
    used = {PLOVER[kind.plover] for kind in load_vocabulary().values() if kind.plover}

    assert set(EVENT_CLASSES.subjects(RDF.type, SKOS.Concept)) == used


def test_event_classes_are_told_in_words():
    for node in EVENT_CLASSES.subjects(RDF.type, SKOS.Concept):
        assert str(EVENT_CLASSES.value(node, SKOS.notation)) == node.removeprefix(PLOVER)
        for about in (SKOS.inScheme, SKOS.prefLabel, SKOS.definition):
            assert EVENT_CLASSES.value(node, about) is not None, node
