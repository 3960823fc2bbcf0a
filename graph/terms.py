"""Every name that the graph uses, and the only place where an IRI is built.

Data IRIs are made of hashes and offsets, so that the same article gives the same names in every store, and
there are no blank nodes. Whatever an article's own id or URL holds, the IRI is a valid one.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping
from datetime import date, datetime
from functools import cache, lru_cache
from hashlib import sha256
from urllib.parse import quote

from pyoxigraph import Literal, NamedNode

from newsgraph.records import EntityType

BASE = "https://newsgraph.example/"
_REMEMBERED = 16384  # terms of the articles at hand, which come up again and again
NAMESPACES = {
    "ng": "https://w3id.org/newsgraph/ns#",
    "plover": "https://w3id.org/newsgraph/plover#",
    "id": BASE + "id/",
    "g": BASE + "graph/",
    "schema": "https://schema.org/",
    "prov": "http://www.w3.org/ns/prov#",
    "nif": "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#",
    "gaf": "http://groundedannotationframework.org/gaf#",
    "sem": "http://semanticweb.cs.vu.nl/2009/11/sem/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


@cache
def _term(name: str) -> NamedNode:
    prefix, _, local = name.partition(":")
    return NamedNode(NAMESPACES[prefix] + local)


TYPE = _term("rdf:type")
SUBJECT, PREDICATE, OBJECT = _term("rdf:subject"), _term("rdf:predicate"), _term("rdf:object")
LABEL, ALT_LABEL = _term("skos:prefLabel"), _term("skos:altLabel")
NAMES_IN_USE, WORDINGS_IN_USE = _term("ng:namesInUse"), _term("ng:wordingsInUse")

ARTICLES, PROVENANCE = NamedNode(BASE + "graph/articles"), NamedNode(BASE + "graph/provenance")
IDENTITY, VIEW = NamedNode(BASE + "graph/identity"), NamedNode(BASE + "graph/view")
RETRACTIONS = NamedNode(BASE + "graph/retractions")
NARRATOR = _term("ng:Narrator")

ENTITY_CLASSES: dict[EntityType, NamedNode] = {
    "PERSON": _term("schema:Person"),
    "ORG": _term("schema:Organization"),
    "LOC": _term("schema:Place"),
    "FAC": _term("ng:Facility"),
    "NORP": _term("ng:People"),
    "PRODUCT": _term("schema:Product"),
    "MISC": _term("schema:Thing"),
    "DATE": _term("ng:DateValue"),
    "MONEY": _term("ng:MoneyValue"),
}
_CLASSES: dict[str, NamedNode] = dict(ENTITY_CLASSES.items())
CLASS_LABELS = {term.value: name for name, term in ENTITY_CLASSES.items()}
STANCES = {
    "asserts": _term("ng:Asserts"),
    "denies": _term("ng:Denies"),
    "undetermined": _term("ng:Undetermined"),
}
BOUNDS = {
    "exact": _term("ng:Exact"),
    "at least": _term("ng:Minimum"),
    "at most": _term("ng:Maximum"),
    "about": _term("ng:About"),
}
ABOUT_PREDICATES = {
    "asserts": _term("ng:assertsAbout"),
    "denies": _term("ng:deniesAbout"),
    "undetermined": _term("ng:leavesOpenAbout"),
}


@cache
def ng(name: str) -> NamedNode:
    """Return a term of the project's own vocabulary (graph/ontology/newsgraph.ttl)."""
    return _term("ng:" + name)


def term(name: str) -> NamedNode:
    """Return the term of a prefixed name, such as schema:text."""
    return _term(name)


@cache
def individual(value: str) -> NamedNode:
    """Return the term of a value of the records: "denial" -> ng:Denial, "non-future" -> ng:NonFuture."""
    return _term("ng:" + "".join(part.capitalize() for part in value.split("-")))


def article_iri(article_id: str) -> NamedNode:
    return NamedNode(f"{BASE}id/article-{_hex(article_id)}")


def version_graph(version_id: str) -> NamedNode:
    return NamedNode(f"{BASE}graph/doc-{version_id}")


def is_own_graph(graph: str) -> bool:
    """Say whether a graph is one that newsgraph makes, and makes anew; others are its clients'."""
    return graph.startswith(BASE)


def text_iri(version_id: str) -> NamedNode:
    return NamedNode(f"{BASE}doc/{version_id}#text")


@lru_cache(maxsize=_REMEMBERED)
def local_iri(version_id: str, name: str) -> NamedNode:
    """Return the IRI of what an extraction calls ``name`` (e0, a0, r0, p0)."""
    return NamedNode(f"{BASE}doc/{version_id}#{name}")


def span_iri(version_id: str, start: int, end: int) -> NamedNode:
    return NamedNode(f"{BASE}doc/{version_id}#c{start}-{end}")


def former_graph(name: str) -> NamedNode:
    """Return the named graph of a reading that another one has replaced."""
    return NamedNode(f"{BASE}graph/was-{name}")


def is_of_today(graph: object) -> bool:
    """Tell whether a named graph holds what articles say now, and not how and when that came about."""
    of_the_past = graph in (PROVENANCE, RETRACTIONS)
    return not of_the_past and not value_of(graph).startswith(former_graph("").value)


def name_of_former(graph: str) -> str:
    """Return the name that :func:`former_graph` was given."""
    return graph.rpartition("was-")[2]


def former_iri(name: str, number: int) -> NamedNode:
    return NamedNode(f"{BASE}id/former-{name}-{number}")


def retraction_iri(article_id: str, at: datetime) -> NamedNode:
    return NamedNode(f"{BASE}id/retraction-{_hex(f'{article_id}|{at.isoformat()}')}")


def run_iri(run_id: str) -> NamedNode:
    return NamedNode(f"{BASE}id/run-{re.sub(r'[^A-Za-z0-9-]', '', run_id)}")


def run_of(node: str) -> str:
    """Return the id of the run that :func:`run_iri` was given, as far as an IRI can hold it."""
    return node.removeprefix(f"{BASE}id/run-")


def software_iri(version: str, model_hash: str) -> NamedNode:
    return NamedNode(f"{BASE}id/newsgraph-{re.sub(r'[^A-Za-z0-9.-]', '', version)}-{_hex(model_hash)[:8]}")


def canonical_iri(kind: str, key: str, *, called: str | None = None) -> NamedNode:
    """Return the IRI of a canonical entity: readable by ``called`` or its key, apart by its key's hash."""
    plain = (
        unicodedata.normalize("NFKD", key if called is None else called).encode("ascii", "ignore").decode()
    )
    slug = re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")[:40]
    return NamedNode(f"{BASE}id/{kind.lower()}-{slug or 'x'}-{_hex(f'{kind}|{key}')[:8]}")


@lru_cache(maxsize=_REMEMBERED)
def class_of_canonical(node: NamedNode) -> NamedNode:
    """Return the class of a canonical entity, which its IRI tells: whatever types were joined, it is one."""
    kind = node.value.removeprefix(f"{BASE}id/").partition("-")[0]
    return _CLASSES[kind.upper()]


@lru_cache(maxsize=_REMEMBERED)
def known_iri(key: str) -> NamedNode:
    """Return the IRI of a thing known beforehand, by its key: country/ukraine."""
    return NamedNode(f"{BASE}known/{quote(key, safe='/-._~')}")


def decision_iri(version_id: str, entity: str) -> NamedNode:
    return NamedNode(f"{BASE}id/decision-{version_id}-{entity}")


def reviewed_iri(decision_id: str) -> NamedNode:
    """Return the IRI of a reviewer's decision."""
    return NamedNode(f"{BASE}id/{decision_id}")


def given_iri(written: str) -> str | None:
    """Return the IRI that a person wrote in full, with prefix ("id:person-…") or as shown ("doc/V#e0")."""
    written = written.removeprefix("<").removesuffix(">")
    prefix, colon, local = written.partition(":")
    if colon and prefix in NAMESPACES and not local.startswith("//"):
        return NAMESPACES[prefix] + local
    if _LOCAL.fullmatch(written):
        return BASE + written
    return written if written.startswith(BASE) else None


def local_name(iri: str) -> str:
    """Return the last part of an IRI: its name in the vocabulary."""
    return iri.rpartition("#")[2] if "#" in iri else iri.rpartition("/")[2]


def shown_iri(iri: str) -> str:
    """Return an IRI for a reader, as :func:`given_iri` takes it back."""
    for prefix, begin in NAMESPACES.items():
        if iri.startswith(begin):
            return f"{prefix}:{iri[len(begin) :]}"
    return iri.removeprefix(BASE)


def given_decision(written: str) -> str | None:
    """Return the id of a reviewer's decision that a person wrote as IRI, with prefix or alone."""
    name = (given_iri(written) or written).removeprefix(f"{BASE}id/")
    return name if re.fullmatch(r"decision-[0-9a-f]{16}", name) else None


def version_of(local: str) -> tuple[str, str] | None:
    """Return the text version and the name ("e0") that the IRI of something read in a text consists of."""
    found = _LOCAL.fullmatch(local.removeprefix(BASE))
    return (found[1], found[2]) if found else None


def evidence_iri(version_id: str, name: str) -> NamedNode:
    return NamedNode(f"{BASE}id/evidence-{version_id}-{name}")


def likeness_iri(one: NamedNode, other: NamedNode) -> NamedNode:
    """Return the IRI of what two articles have in common, in whatever order they are given."""
    return NamedNode(f"{BASE}id/likeness-{_hex(chr(0).join(sorted((one.value, other.value))))}")


def judgement_iri(one: NamedNode, other: NamedNode) -> NamedNode:
    """Return the IRI of the machine's decision on two profiles, in whatever order they are given."""
    return NamedNode(f"{BASE}id/judgement-{_hex(chr(0).join(sorted((one.value, other.value))))}")


def quotation_iri(words: str) -> NamedNode:
    """Return the IRI of a quotation: equal words are one."""
    return NamedNode(f"{BASE}id/quotation-{_hex(words)}")


def proposition_iri(*key: str) -> NamedNode:
    """Return the IRI of a canonical proposition: equal keys are one."""
    return NamedNode(f"{BASE}id/proposition-{_hex(chr(0).join(key))}")


def text_literal(value: str) -> Literal:
    return Literal(value)


@lru_cache(maxsize=_REMEMBERED)
def number_literal(value: int) -> Literal:
    return Literal(str(value), datatype=_term("xsd:integer"))


def counts_literal(counts: Mapping[str, int]) -> Literal:
    """Return numbers by name or wording as JSON, which is the same for the same ones (RFC 8785)."""
    in_order = sorted(counts.items(), key=lambda one: one[0].encode("utf-16-be"))
    return Literal(_JSON.encode(dict(in_order)), datatype=_term("rdf:JSON"))


@lru_cache(maxsize=_REMEMBERED)
def decimal_literal(value: float) -> Literal:
    return Literal(f"{value:.4f}", datatype=_term("xsd:decimal"))


def amount_literal(value: float) -> Literal:
    """Return an amount as it is written: 12, not 12.0000."""
    return Literal(f"{value:.4f}".rstrip("0").rstrip("."), datatype=_term("xsd:decimal"))


def flag_literal(value: bool) -> Literal:  # noqa: FBT001 - a value, not an option
    return Literal("true" if value else "false", datatype=_term("xsd:boolean"))


@lru_cache(maxsize=_REMEMBERED)
def date_literal(value: date) -> Literal:
    return Literal(value.isoformat(), datatype=_term("xsd:date"))


def moment_literal(value: datetime) -> Literal:
    return Literal(value.isoformat().replace("+00:00", "Z"), datatype=_term("xsd:dateTime"))


def time_literal(value: str) -> Literal:
    """Return a date, month or year as what it is."""
    kind = {4: "xsd:gYear", 7: "xsd:gYearMonth", 10: "xsd:date"}.get(len(value), "xsd:dateTime")
    return Literal(value, datatype=_term(kind))


def duration_literal(value: str) -> Literal | None:
    """Return an ISO 8601 duration as XSD has it, which knows no weeks: "P2W" -> P14D; None if it is none."""
    if weeks := _WEEKS.fullmatch(value):
        value = f"P{7 * int(weeks[1])}D"
    return Literal(value, datatype=_term("xsd:duration")) if _DURATION.fullmatch(value) else None


_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
_LOCAL = re.compile(r"doc/([0-9a-f]{16})#([\w-]+)", re.ASCII)
_WEEKS = re.compile(r"P(\d+)W")
_DURATION = re.compile(r"P(?=.)(\d+Y)?(\d+M)?(\d+D)?(T(?=.)(\d+H)?(\d+M)?(\d+(\.\d+)?S)?)?", re.ASCII)


def value_of(node: object) -> str:
    """Return the characters of an IRI or a literal; the graph holds nothing else."""
    if not isinstance(node, NamedNode | Literal):
        raise TypeError(f"neither an IRI nor a literal: {node}")
    return node.value


def _hex(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]
