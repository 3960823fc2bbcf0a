"""Docs annotated by hand, so that the steps after the network are tested without it."""

from spacy.lang.en import English
from spacy.tokens import Doc, Span

from extractors import words
from extractors.reader import ATTRIBUTION

_UPOS = {
    **dict.fromkeys(("NNP", "NNPS"), "PROPN"),
    **dict.fromkeys(("NN", "NNS"), "NOUN"),
    **dict.fromkeys(("VB", "VBD", "VBG", "VBN", "VBP", "VBZ"), "VERB"),
    **dict.fromkeys(("PRP", "PRP$", "WP"), "PRON"),
    "MD": "AUX",
    "IN": "ADP",
    "DT": "DET",
    "JJ": "ADJ",
    "RB": "ADV",
    "CC": "CCONJ",
    "TO": "PART",
    "CD": "NUM",
}


def tree(rows, names=(), attributions=()):
    """Return ``spacy_tree`` as the rules read it."""
    return words.Doc(spacy_tree(rows, names, attributions))


def spacy_tree(rows, names=(), attributions=()):
    """Return a Doc of one sentence.

    Args:
        rows: "word tag dependency head lemma" for each word, one a line; the head counts from 0; "_" after a
            word for no gap; the lemma may be left out.
        names: (start, end, label).
        attributions: (source, cue, content), each a range or None.
    """
    cells = [line.split() for line in rows.strip().splitlines()]
    doc = Doc(
        English().vocab,
        words=[row[0].rstrip("_") or "_" for row in cells],
        spaces=[not row[0].endswith("_") for row in cells],
        tags=[row[1] for row in cells],
        pos=[_UPOS.get(row[1], "PUNCT") for row in cells],
        deps=[row[2] for row in cells],
        heads=[int(row[3]) for row in cells],
        lemmas=[row[4] if len(row) > 4 else row[0].rstrip("_").lower() for row in cells],
    )
    doc.set_ents([Span(doc, start, end, label) for start, end, label in names])
    doc.spans[ATTRIBUTION] = [
        Span(doc, part.start, part.stop, label, span_id=number)
        for number, parts in enumerate(attributions)
        for label, part in zip(("SOURCE", "CUE", "CONTENT"), parts, strict=True)
        if part is not None
    ]
    return doc
