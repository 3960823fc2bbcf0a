"""English Web Treebank (tags, trees, sentences) with the names of Universal NER, https://www.universalner.org."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from extractors.training.conllu import (
    CALENDAR,
    TITLES,
    TreebankWord,
    both,
    is_capitalised,
    outside_masks,
    read_conllu,
    treebank_sample,
)
from extractors.training.samples import ANY_TAG, TAG_BIT, CorpusError, Part, Sample

_UNER_LABELS = {
    "PER": ("PERSON",),
    "ORG": ("ORG",),
    "LOC": ("LOC", "FAC"),
    "OTH": ("MISC", "PRODUCT", "NORP"),  # mostly nationalities, some events and products
}


def read_ewt(root: Path, part: Part) -> Iterator[Sample]:
    """Yield the documents of UD English EWT with the names of Universal NER.

    A sentence that the two cut into words differently keeps its tree and says nothing about names.
    """
    tagged = dict(_read_tagged_sentences(root / f"UniversalNER+UNER_English-EWT/en_ewt-ud-{part}.iob2"))
    others = any(tag.endswith("-OTH") for words in tagged.values() for _, tag in words)  # dev has none at all
    for document in read_conllu(root / f"UniversalDependencies+UD_English-EWT/en_ewt-ud-{part}.conllu"):
        masks = [ANY_TAG] * len(document.words)
        outside = outside_masks(document.words)
        for sentence_id, start in document.sentence_starts.items():
            words = tagged.get(sentence_id, [])
            window = document.words[start : start + len(words)]
            if _same_words(words, window, document.words[start + len(words) :]):
                for index, (_, tag) in enumerate(words, start):
                    masks[index] = _uner_mask(tag, document.words[index], outside[index], has_others=others)
        yield treebank_sample("ewt", document, masks)


def _read_tagged_sentences(path: Path) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    sentence_id, words = "", list[tuple[str, str]]()
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate((*lines, "\n"), start=1):
            if line.startswith("# sent_id"):
                sentence_id = line.partition("=")[2].strip()
            elif line.strip() and not line.startswith("# "):
                columns = line.rstrip("\r\n").split("\t")
                if len(columns) < 3:
                    raise CorpusError(f"{path}:{number}: {len(columns)} columns, at least 3 wanted")
                words.append((columns[1], columns[2]))
            elif not line.strip() and words:
                yield sentence_id, words
                words = []


def _same_words(
    tagged: list[tuple[str, str]], window: Sequence[TreebankWord], rest: Sequence[TreebankWord]
) -> bool:
    same = [text for text, _ in tagged] == [word.text for word in window]
    return same and (not rest or rest[0].starts_sentence)


def _uner_mask(tag: str, word: TreebankWord, outside: int, *, has_others: bool) -> int:
    prefix, _, label = tag.partition("-")
    if label in _UNER_LABELS:
        return sum(TAG_BIT[f"{prefix}-{ours}"] for ours in _UNER_LABELS[label])
    if not has_others:  # nobody looked for them, however they are written
        return outside | both("NORP", "MISC", "PRODUCT")
    if not is_capitalised(word) or word.text.lower() in TITLES or CALENDAR.fullmatch(word.text):
        return outside
    if word.syntax.xpos == "NNP":  # OTH misses events and products
        return outside | both("MISC", "PRODUCT")
    return outside | both("NORP") if word.syntax.xpos in {"NNPS", "JJ"} else outside
