"""Names of storms: "Hurricane Rita", and "Rita" alone where the article tells of the storm, not of a woman.

What stands before the name is a part of it, as in "Tropical Storm Rita"; alone it means whichever of the two
was named in full last. "TC Rita" is the storm, too, where the text names it in full.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import replace
from itertools import zip_longest

from extractors.kinds_in_names import is_before_storm, storm_in_short, storm_of
from extractors.name_spans import VALUES, NameSpan
from extractors.spans import name_words
from extractors.words import Doc

_OTHERS = frozenset({"FAC", *VALUES})


def with_storms(doc: Doc, spans: Sequence[NameSpan]) -> list[NameSpan]:
    """Return the names of a text in order, those of storms whole."""
    whole = [_whole(doc, one) for one in spans]
    storms = {doc[one.end - 1].text for one, given in zip(whole, spans, strict=True) if one is not given}
    if not storms:
        return whole
    whole = [_of_storm(doc, one, storms) for one in whole]
    people = {
        word
        for one in whole
        if one.label == "PERSON" and len(one.words(doc).split()) > 1
        for word in one.words(doc).split()
    }
    is_storm = dict.fromkeys(storms - people, True)
    for number, one in enumerate(whole):
        words = one.words(doc).split()
        if one is not spans[number]:
            is_storm[words[-1]] = True
        elif one.label == "PERSON" and len(words) > 1:
            is_storm |= dict.fromkeys(storms.intersection(words), False)
        elif len(words) == 1 and one.label not in _OTHERS and is_storm.get(words[0]):
            whole[number] = replace(one, label="MISC", is_settled=True)
    # "Hurricane" may have been marked as a name by itself.
    return [one for one, after in zip_longest(whole, whole[1:]) if after is None or one.end <= after.start]


def _of_storm(doc: Doc, one: NameSpan, storms: Set[str]) -> NameSpan:
    """Return "TC Rita" told as the storm of that name; any other name as it is."""
    is_short = doc[one.end - 1].text in storms and storm_in_short(name_words(one.words(doc))) is not None
    return replace(one, label="MISC", is_settled=True) if is_short else one


def _whole(doc: Doc, one: NameSpan) -> NameSpan:
    """Return a storm's name with the words before it, told as such; any other as it is."""
    if one.label in _OTHERS or one.is_settled:
        return one
    # Storm is a given name, too, Storm Lake a town, the Storm Shadow a missile.
    is_other = doc[one.start].text == "Storm" and one.label != "MISC"
    if not is_other and storm_of(name_words(one.words(doc))) is not None:
        return replace(one, label="MISC", is_settled=True)
    start = one.start
    while start > 0 and is_before_storm(doc[start - 1].text):
        start -= 1
    if start == one.start or storm_of(name_words(doc[start : one.end].text)) is None:
        return one
    return replace(one, start=start, label="MISC", is_settled=True)
