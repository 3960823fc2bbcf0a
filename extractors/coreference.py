"""Which mentions of an article are one thing: names by form, nouns by their company, then pronouns.

Careful rather than complete: a pronoun without a clear antecedent, and a noun that could be one of two
things, become things of their own. The result depends on the text alone.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence, Set
from functools import lru_cache
from itertools import groupby

from extractors.clusters import Cluster
from extractors.families import is_surname_of_several
from extractors.first_persons import place_first_persons
from extractors.generations import (
    are_two_generations,
    generation_of,
    generation_of_kin,
    generation_told,
    without_suffix,
)
from extractors.kinds_in_names import DEFINITE, storm_in_short, storm_of
from extractors.known_alike import are_told_apart, join_known, known_by_name
from extractors.mentions import Referring
from extractors.misspelt import are_misspelt
from extractors.name_types import given_names, is_last_word
from extractors.names_beside import join_given
from extractors.namesakes import are_apart, gender_of_title, is_kin_of_name, whom_surname_means
from extractors.nominals import join_owned, place_nominals
from extractors.nouns import PUBLIC_BODIES, minor_nouns, nominal_types, singular
from extractors.pronoun_choice import Weights
from extractors.pronoun_genders import tell_by_pronouns
from extractors.pronouns import Surroundings, Voice
from extractors.quotations import Quotation
from extractors.ship_names import HULLS
from extractors.spans import initials_of, name_words
from extractors.words import Doc
from newsgraph.gazetteer import load_gazetteer
from newsgraph.records import EntityType

_DESIGNATION = re.compile(r"\b[A-Z][A-Za-z]{0,4}-?\d{1,4}[A-Za-z]{0,3}\b")
_HULLS = frozenset(word.casefold() for word in HULLS)
_STATES = frozenset(
    {
        *("republic", "kingdom", "federation", "commonwealth", "state", "city", "town", "municipality"),
        *("province", "county", "emirate", "canton", "island"),
    }
)
_HALVES = {"north": "South", "south": "North"}
_SEVERAL = frozenset({"islands", "mountains"})
# What is left off from a firm's name.
_LEGAL_FORMS = frozenset(
    {
        *("inc", "incorporated", "corp", "co", "ltd", "limited", "llc", "llp", "plc", "lp", "ag", "gmbh"),
        *("se", "sa", "nv", "bv", "ab", "asa", "oyj", "spa", "srl", "pty", "kg", "kk"),
    }
)
_GAMES = {"olympic": "olympics", "paralympic": "paralympics"}
_SEASONS = frozenset({"summer", "winter"})
# What stands behind a person's name for a degree, an order, a seat.
_HONOURS = frozenset(
    {
        *("MP", "MEP", "MSP", "QC", "KC", "SC", "JP", "OBE", "MBE", "CBE", "DBE", "KBE", "FRS", "RA", "RN"),
        *("PhD", "MD", "MBA", "Esq", "USN", "USAF", "USMC", "SJ", "VC"),
    }
)
_ARTICLE = re.compile(r"\b(?:[AaEeUu]l|[Aa](?:d|n|r|s|sh|t|z))-(?=[A-Z])")  # Hassan al-Karri is Karri, too
_CALLED_BY_KIND = frozenset({"ORG", "FAC", "MISC"})
_CLUBS = frozenset({"united", "city"})
_SCHOOLS = frozenset({"university", "college"})
_SON_OF = frozenset({"bin", "ibn", "bint"})  # Mohammed bin Salman: what is behind it names the father


def cluster_mentions(
    doc: Doc,
    mentions: Sequence[Referring],
    voices: Sequence[Voice],
    quotations: Sequence[Quotation],
    weights: Weights,
    passing: Sequence[Cluster] = (),
) -> list[Cluster]:
    """Return the things that ``mentions`` refer to; a pronoun without an antecedent is a thing of its own.

    Things spoken of in passing that a pronoun takes up stand behind the others.
    """
    clusters = cluster_nouns(doc, mentions)
    around = Surroundings(doc, clusters, voices, quotations, weights, passing)
    pronouns = [one for one in mentions if one.kind == "pronoun"]
    tell_by_pronouns(around, pronouns)
    around.place(pronouns, around.antecedent)
    speaking = place_first_persons(around, pronouns)  # after the others: a speaker may be a "he"
    around.part_unsure()
    clusters = join_owned(doc, clusters)
    clusters.sort(key=lambda cluster: min((one.start, -one.end) for one in cluster.mentions))
    clusters += [one for one in around.passing if any(each.kind == "pronoun" for each in one.mentions)]
    clusters += speaking
    for cluster in clusters:
        cluster.mentions.sort(key=lambda one: (one.start, -one.end))
    return clusters


def is_minor(doc: Doc, cluster: Cluster, active: Set[int]) -> bool:
    """Say whether a thing is nobody in particular: "a baker", called so once, who says and does nothing.

    Pronouns may mean it: then it is spoken of in passing.

    Args:
        doc: Where its words stand.
        cluster: The thing.
        active: Words of whoever says something, heads of whoever does something.
    """
    [one, *others] = cluster.mentions
    is_noun = one.kind == "nominal" and singular(doc[one.head]) in minor_nouns()
    if doc[one.head - 1].ent_type_ == "PERSON" and is_surname_of_several(doc, one.head - 1, one.head):
        return False  # "the Berg family"
    is_once = all(other.kind == "pronoun" for other in others) and not cluster.phrases
    return is_noun and is_once and not any(each.head in active for each in cluster.mentions)


def cluster_nouns(doc: Doc, mentions: Sequence[Referring]) -> list[Cluster]:
    """Return the things that names, values and nominals refer to, pronouns not yet among them."""
    clusters = _cluster_names(doc, [one for one in mentions if one.kind == "name"])
    clusters += [Cluster(one.type, [one]) for one in mentions if one.kind == "value"]
    place_nominals(doc, [one for one in mentions if one.kind == "nominal"], clusters)
    _tell_genders(doc, clusters)
    return clusters


def _cluster_names(doc: Doc, names: Sequence[Referring]) -> list[Cluster]:
    """Join names of one type by their words, the longest first, so that a short form finds its full name."""
    clusters: list[Cluster] = []
    length = {one.start: _length(doc, one) for one in names}
    alone: defaultdict[EntityType, set[tuple[str, ...]]] = defaultdict(set)  # names of one word
    for one in names:
        if length[one.start] == 1:
            alone[one.type].add((_person_words if one.type == "PERSON" else name_words)(one.whole_name(doc)))
    ordered = sorted(names, key=lambda one: (-length[one.start], one.start))
    for _, some in groupby(ordered, key=lambda one: length[one.start] < 2):
        bearing = _Bearing()
        for cluster in clusters:
            for name in cluster.forms(doc):
                bearing.add(cluster, name)
        for one in some:
            text = one.whole_name(doc)
            near = bearing.like(text, one.type)
            fitting = [cluster for cluster in near if _is_form_of(doc, one, cluster, alone[one.type])]
            if (same := _meant(doc, one, fitting)) is not None:
                same.mentions.append(one)
            else:
                same = Cluster(one.type, [one])
                clusters.append(same)
            bearing.add(same, text)
        clusters = join_given(doc, clusters)  # then a surname may be that of both names
    return join_known(doc, clusters)


def _length(doc: Doc, one: Referring) -> float:
    """Return how many words a name has; "T C Rita" comes behind "Cyclone Rita", of which it is short."""
    words = name_words(one.whole_name(doc))
    is_storm = one.type == "MISC" and storm_in_short(words) is not None
    return 1.5 if is_storm else len(words)


class _Bearing:
    """Things by the signs of their names: only those that share one with a name may be called so."""

    def __init__(self) -> None:
        self._numbers: dict[int, int] = {}  # by identity, in the order in which they came
        self._clusters: list[Cluster] = []
        self._by_sign: defaultdict[tuple[EntityType, str], set[int]] = defaultdict(set)

    def add(self, cluster: Cluster, name: str) -> None:
        number = self._numbers.setdefault(id(cluster), len(self._clusters))
        if number == len(self._clusters):
            self._clusters.append(cluster)
        for sign in _signs(name):
            self._by_sign[cluster.type, sign].add(number)

    def like(self, name: str, kind: EntityType) -> list[Cluster]:
        """Return the things of a type that share a sign with a name, in the order in which they came."""
        found: set[int] = set()
        for sign in _signs(name):
            found |= self._by_sign.get((kind, sign), set())
        return [self._clusters[number] for number in sorted(found)]


@lru_cache(maxsize=4096)
def _signs(name: str) -> frozenset[str]:
    """Return what two names have in common, one or more of it, if one may be a form of the other.

    Words, letters without spaces and hyphens, initials, what is plural to a word ("the Azores"), codes.
    """
    words = name_words(name)
    people = _person_words(name)
    return frozenset(
        {
            *(name.casefold(), *words, *people, *_letters(name), *initials_of(words), *initials_of(people)),
            *((f"{words[0]}s",) if len(words) > 1 else ()),
            *_DESIGNATION.findall(name),
        }
    )


def _meant(doc: Doc, one: Referring, fitting: Sequence[Cluster]) -> Cluster | None:
    """Return which of the things that may bear a name it means; None for none of them, or nobody knows."""
    words = one.whole_name(doc)
    is_short = one.type in {"PERSON", "ORG"} and len(name_words(words)) == 1
    if (told := generation_told(doc, one)) is not None:  # "the elder Pruitt" is not just any Pruitt
        fitting = [cluster for cluster in fitting if generation_of(doc, cluster) == told]
    elif not is_short and (told := generation_of_kin(doc[one.head])) is not None:
        # "Bush's father, George Bush" is not the one whom the article calls George W. Bush.
        fitting = [x for x in fitting if words in x.forms(doc) or generation_of(doc, x) == told]
    if len(fitting) < 2:
        return fitting[0] if fitting else None
    if is_short and (full := [x for x in fitting if any(" " in name for name in x.forms(doc))]):
        if (meant := whom_surname_means(doc, one, full)) is not None:
            return meant
        fitting = [cluster for cluster in fitting if cluster not in full]
    if (same := next((cluster for cluster in fitting if words in cluster.forms(doc)), None)) is not None:
        return same
    before = [x for x in fitting if min(other.start for other in x.mentions) < one.start]
    return before[0] if one.type == "ORG" and not is_short and len(before) == 1 else None


def _is_form_of(doc: Doc, one: Referring, cluster: Cluster, alone: Set[tuple[str, ...]]) -> bool:
    text, forms = one.whole_name(doc), cluster.forms(doc)
    key = name_words(text)
    if one.type == "PERSON":
        key = _person_words(text)
        full = [_person_words(name) for name in forms]
        may_be = any(_is_called(key, each, alone) or _is_acronym(text, each) for each in full)
        may_be = may_be or any(key == each[:1] and is_kin_of_name(doc, one, each[-1]) for each in full)
    else:
        may_be = any(_is_short_for(key, text, name_words(name), name, one.type) for name in forms)
    if one.type == "ORG" and any(is_last_word(key, name_words(name)) for name in forms):
        return True  # "the Times" is another paper only where none is called so in full
    if one.type in _CALLED_BY_KIND and _takes_up_last_word(doc, one, key, cluster):
        return True
    may_be = may_be or any(_are_the_same_letters(text, name, one.type) for name in forms)
    may_be = may_be or _is_slip(doc, one, key, cluster) or _is_end_of_firm(one, key, cluster, forms, alone)
    if not may_be or are_apart(doc, one, cluster):
        return False
    return not any(are_told_apart(text, name, one.type) for name in forms)


def _is_end_of_firm(
    one: Referring, key: tuple[str, ...], cluster: Cluster, forms: Iterable[str], alone: Set[tuple[str, ...]]
) -> bool:
    """Say whether a firm is called by the end of its name, told in full before: "Vann" for Norsk Vann.

    Not where the other word is a firm of its own, and none by what it is: "Bank".
    """
    is_before = any(other.start < one.start for other in cluster.mentions)
    if one.type != "ORG" or len(key) != 1 or not is_before or key[0] in nominal_types():
        return False
    full = [words for name in forms if len(words := name_words(name)) == 2 and words[1:] == key]
    return any(words[:1] not in alone for words in full)


def _is_slip(doc: Doc, one: Referring, key: tuple[str, ...], cluster: Cluster) -> bool:
    """Say whether a name is another one misspelt; not if both stand in one sentence, as twins do."""
    if not any(are_misspelt(key, name_words(name)) for name in cluster.forms(doc)):
        return False
    here = doc[one.start].sent.start
    return all(doc[other.start].sent.start != here for other in cluster.mentions)


def _takes_up_last_word(doc: Doc, one: Referring, key: tuple[str, ...], cluster: Cluster) -> bool:
    """Say whether "the Court" is short for a name before it that ends so: "the Supreme Court"."""
    is_pointed_at = one.start > 0 and doc[one.start - 1].lower_ in DEFINITE
    if len(key) != 1 or not is_pointed_at or not any(other.start < one.start for other in cluster.mentions):
        return False
    return any(len(words := name_words(name)) > 1 and words[-1:] == key for name in cluster.forms(doc))


def _are_the_same_letters(text: str, name: str, kind: EntityType) -> bool:
    """Say whether names differ by spaces and hyphens alone: "Basse-Terre"; "Ben Kol" for Itan Ben-Kol."""
    whole, *endings = _letters(name)
    letters = _letters(text)
    return letters[0] == whole or (kind == "PERSON" and len(letters) > 1 and letters[0] in endings)


@lru_cache(maxsize=4096)
def _letters(name: str) -> tuple[str, ...]:
    """Return the letters of a name, then those from its second word on, from its third, and so on."""
    words = name_words(name)
    return tuple("".join(words[start:]) for start in range(max(1, len(words))))


@lru_cache(maxsize=4096)
def _person_words(name: str) -> tuple[str, ...]:
    """Return the words of a person's name (of name_words) without "al-", and "MP" and "DBE" behind it."""
    words = _ARTICLE.sub("", name).split()
    while len(words) > 2 and words[-1].strip(".,") in _HONOURS:
        words.pop()
    return name_words(" ".join(words))


def _is_called(short: tuple[str, ...], full: tuple[str, ...], alone: Set[tuple[str, ...]]) -> bool:
    """Say whether a person may be called so: "Austin", "Lloyd J. Austin"; "De la Fuente" of more names.

    By the first name alone only if the article does not use the surname alone, or people are given that
    name: where Talca Paz is Paz, Talca is the city.
    """
    if are_two_generations(short, full):
        return False
    short, full = without_suffix(short), without_suffix(full)
    if short == full or len(full) == 1:
        return short == full
    if len(short) == len(full) == 2 and short == full[::-1]:  # as Hungarians and Japanese write it
        return not set(full) <= given_names().keys()
    if len(short) == 1:
        is_surname = short == full[-1:] and full[-2] not in _SON_OF
        is_given = full[-1:] not in alone or short[0] in given_names()
        return is_surname or (short == full[:1] and is_given)
    if _holds(full, short):
        return True
    are_two = len(short) > 2 and short[1][:1] != full[1][:1]  # George W. and George H. W. Bush
    return short[-1] == full[-1] and short[0] == full[0] and not are_two


def _is_short_for(
    short: tuple[str, ...], text: str, full: tuple[str, ...], name: str, kind: EntityType
) -> bool:
    """Say whether a thing's name may stand for a longer one of its type.

    "European Command" for "US European Command"; "EUCOM", "NSC" by initials; "MQ-9" for "MQ-9 Reaper".
    """
    if short == full:
        return True
    if kind in {"ORG", "FAC"} and _without_legal_form(short) == _without_legal_form(full):
        return True
    if kind == "PRODUCT":
        codes = set(_DESIGNATION.findall(text))
        return bool(codes & set(_DESIGNATION.findall(name))) or (
            not codes and len(full) > 1 and (short == full[1:] or (full[0] in _HULLS and short == full[-1:]))
        )
    if kind == "LOC":  # "Congo" for the Democratic Republic of Congo, "the Azores" for the Azore Islands
        is_state = (
            len(full) > 2 and short == full[-1:] and full[-2] in {"of", "the"} and bool(set(full) & _STATES)
        )
        is_many = len(full) == 2 and full[1] in _SEVERAL and short == (f"{full[0]}s",)
        return is_state or is_many or _is_half(short, full, name)
    is_ending = 1 < len(short) < len(full) and short == full[-len(short) :]
    is_ending = is_ending and full[-len(short) - 1] != "the"  # "Assembly of the United Nations" is another
    if kind in {"ORG", "FAC"}:
        return (
            _is_acronym(text, full)
            or is_ending
            or (full[len(short) : len(short) + 1] in {("of",), ("for",)} and full[: len(short)] == short)
            or _begins_with_letters(short, text, full)
            or (
                kind == "ORG"
                and (
                    is_last_word(short, full)
                    or _is_firm_in_short(short, text, full)
                    or _is_university(short, text, full)
                )
            )
        )
    storm = storm_of(full)
    if storm is not None and ((storm,) == short or storm in {storm_in_short(short), storm_of(short)}):
        return kind == "MISC"
    if (games := _games(full)) is not None and games == _games(short):
        return kind == "MISC"
    is_same_year = any(word.isdigit() for word in short) or not any(word.isdigit() for word in full)
    is_dated = _without_year(short) == _without_year(full) and len(short) != len(full)
    return kind == "MISC" and ((is_ending and is_same_year) or is_dated or _is_acronym(text, full))


def _is_half(short: tuple[str, ...], full: tuple[str, ...], name: str) -> bool:
    """Say whether a half stands for a state beside the other half: "the North" for North Korea."""
    if len(full) != 2 or short != full[:1] or short[0] not in _HALVES:
        return False
    halves = name, f"{_HALVES[short[0]]} {name.split()[-1]}"
    return all(known_by_name(half, "LOC") for half in halves)


def _begins_with_letters(short: tuple[str, ...], text: str, full: tuple[str, ...]) -> bool:
    """Say whether a name has the first words of another in letters: "UC Lund", "GW Bridge"."""
    letters, *rest = short
    begin = len(full) - len(rest)
    is_rest = bool(rest) and list(full[begin:]) == rest and text.split()[0].isupper()
    return is_rest and letters in initials_of(full[:begin], least=2)


def _is_university(short: tuple[str, ...], text: str, full: tuple[str, ...]) -> bool:
    """Say whether a body is called as its university is, and as no town: "Hallam" for Hallam University."""
    return short == full[:-1] and full[-1] in _SCHOOLS and not load_gazetteer().named(text)


def _games(words: tuple[str, ...]) -> frozenset[str] | None:
    """Return what tells Games from others: "2004 Summer Olympic Games" are the "2004 Olympics"."""
    told = frozenset(_GAMES.get(word, word) for word in words) - {"games"}
    if told.isdisjoint(_GAMES.values()):
        return None
    return told - _SEASONS if any(word.isdigit() for word in told) else told


def _without_year(words: tuple[str, ...]) -> tuple[str, ...]:
    """Return the words of a law's name (of name_words) without "of 2021"."""
    return words[:-2] if len(words) > 3 and words[-2] == "of" and words[-1].isdigit() else words


def _without_legal_form(words: tuple[str, ...]) -> tuple[str, ...]:
    """Return the words of a firm's name (of name_words) without "Inc." or "Co. Ltd"."""
    end = len(words)
    while end > 1 and words[end - 1] in _LEGAL_FORMS:
        end -= 1
    return words[:end]


def _is_acronym(text: str, full: tuple[str, ...]) -> bool:
    return text.isupper() and text.casefold() in initials_of(full)


def _holds(full: tuple[str, ...], short: tuple[str, ...]) -> bool:
    """Say whether one name is a part of another: surname, first name, "De la Fuente" between two more."""
    return any(full[start : start + len(short)] == short for start in range(len(full) - len(short) + 1))


def _is_firm_in_short(short: tuple[str, ...], text: str, full: tuple[str, ...]) -> bool:
    """Say whether a firm is called by its first word: "Vantreve" for "Vantreve Group".

    "Solvey" for "Solvey Polytechnic" is not: such a body bears its place's name. "Halden United" is a club.
    """
    is_first = len(short) == 1 < len(full) and short[0] == full[0]
    public = PUBLIC_BODIES & set(full[:-1] if full[-1] in _CLUBS else full)
    return is_first and not text.isupper() and not public


def _tell_genders(doc: Doc, clusters: Iterable[Cluster]) -> None:
    """Note what the titles before names tell."""
    for cluster in clusters:
        for one in cluster.mentions:
            if one.kind == "name" and cluster.type == "PERSON":
                cluster.gender = gender_of_title(doc, one) or cluster.gender
