"""The names of Re-DocRED, whose Wikipedia texts are annotated by hand and then revised.

People among its "MISC" are as many as works and events, so that a name of that kind says only that it is
one; nationalities are its places.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate
from pathlib import Path
from typing import Any

from extractors.training.names_common import (
    LABELS,
    Gazetteer,
    Name,
    find_files,
    first_words,
    guess_gaps,
    is_capitalised,
    is_date_word,
    load_gazetteer,
    longest,
    masks_of,
    outside_masks,
    part_of,
    read_json,
    without_titles,
)
from extractors.training.samples import Part, Sample

FOLDER = "tonytan48+Re-DocRED/data"


def read_docred(root: Path, part: Part) -> Iterator[Sample]:
    """Yield the documents of Re-DocRED."""
    gazetteer = load_gazetteer(root)
    documents = (document for path in find_files(root / FOLDER, "*.json") for document in read_json(path))
    for document in part_of(documents, part):
        sentences = document["sents"]
        words = [word for sentence in sentences for word in sentence]
        begins = [0, *accumulate(map(len, sentences))]
        mentions = [
            _name(words, begins[mention["sent_id"]], mention, gazetteer)
            for entity in document["vertexSet"]
            for mention in entity
        ]
        outside = outside_masks(words, first_words(sentences), LABELS["docred"]["MISC"])
        yield Sample(
            corpus="docred",
            id=document["title"],
            words=tuple(words),
            gaps=tuple(guess_gaps(sentences)),
            name_masks=masks_of(outside, longest(name for name in mentions if name.start < name.end)),
        )


def _name(words: Sequence[str], begin: int, mention: Mapping[str, Any], gazetteer: Gazetteer) -> Name:
    start, end = (begin + place for place in mention["pos"])
    kind, labels = mention["type"], tuple(LABELS["docred"].get(mention["type"], ()))
    while start < end - 1 and words[start].lower() == "the":
        start += 1
    if kind == "PER":
        start = without_titles(words, start, end)
    elif kind == "LOC" and gazetteer.knows_people(words[end - 1]):
        labels = ("NORP",)
    elif kind == "TIME" and not any(map(is_date_word, words[start:end])):
        labels = ()  # "two weeks"
    is_name = kind == "TIME" or any(map(is_capitalised, words[start:end]))
    return Name(start, end, labels if is_name else ())
