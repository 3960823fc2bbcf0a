"""Short texts read by the shipped pipeline, and what was read in words instead of ids."""

from extractors.pipeline import extract
from newsgraph.records import Article


def read(nlp, text, **about):
    [extraction] = extract(nlp, [Article("a", text, **about)])
    return extraction


def name_of(extraction, entity):
    """Return the name of an Entity.id; None for None."""
    return {one.id: one.name for one in extraction.entities}.get(entity)


def texts_of(extraction, spans):
    return [extraction.text[start:end] for start, end in spans]


def triples(extraction):
    """Return who did what to whom, in the order of the text."""
    return [
        (name_of(extraction, one.subject), one.predicate, name_of(extraction, one.object))
        for one in extraction.relations
    ]


def told(extraction):
    """Return all relations: who, "NOT" if negated, what, in which modality, to whom."""
    return [
        (
            name_of(extraction, one.subject),
            ("NOT " if one.negated else "") + one.predicate,
            one.modality,
            name_of(extraction, one.object),
        )
        for one in extraction.relations
    ]
