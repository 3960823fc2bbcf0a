"""What speaks for and against that two profiles of one block are one thing. Pure.

A feature is a plain function of two profiles, from 0 (it is not there) to 1. Whether it speaks for or
against, and how loudly, says resolver.json alone. Add one: write the function, name it in FEATURES, fit again
(python -m benchmarks.identity.fit).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Literal, NamedTuple

from rapidfuzz.distance import JaroWinkler

from graph.name_forms import content_words, full_given, is_acronym_of, person_name, sounded
from graph.profiles import (
    Profile,
    common_names,
    generic_words,
    may_be_left_alone,
    place_of_known,
)
from graph.roles import are_unlike, fields_of

_SIMILAR = 0.75  # a likeness of names that says nothing
_REMEMBERED = 8192  # names: each is compared with all others of its block


class Feature(NamedTuple):
    """One thing that two profiles may have in common, or not."""

    name: str
    of: Callable[[Profile, Profile], float]
    words: str  # for people: completes "that …"
    among: Literal["all", "people", "others"] = "all"  # what can have it: pairs of others need not be asked


def features_of(one: Profile, other: Profile) -> Mapping[str, float]:
    """Return the features of a pair that are there, in the order of FEATURES, whatever that of the pair."""
    asked = _ASKED.get((_is_person(one), _is_person(other)), FEATURES)
    return {feature.name: float(value) for feature in asked if (value := feature.of(one, other))}


# ---- Names


def same_name(one: Profile, other: Profile) -> bool:
    return one.key == other.key


def same_other_name(one: Profile, other: Profile) -> bool:
    if same_name(one, other):
        return False
    return bool({one.key, *one.others} & {other.key, *other.others})


def likeness(one: Profile, other: Profile) -> float:
    """Return how alike two names are written, from no more than any two of a block to letter by letter."""
    if same_name(one, other) or acronym(one, other) or same_words(one, other):
        return 0.0
    ratio = JaroWinkler.similarity(*sorted((_spelt(one), _spelt(other))))
    return max(0.0, (ratio - _SIMILAR) / (1 - _SIMILAR))


def same_sound(one: Profile, other: Profile) -> bool:
    """Tell whether only the spelling of one sound differs: Zelensky, Zelenskyy."""
    return not same_name(one, other) and _sounds(one) == _sounds(other)


def acronym(one: Profile, other: Profile) -> bool:
    return _is_person(one) is False and (
        is_acronym_of(one.key, other.key) or is_acronym_of(other.key, one.key)
    )


def same_words(one: Profile, other: Profile) -> bool:
    """Tell whether two names are the same words in another order: Ministry of Defence, Defense Ministry."""
    return not (same_name(one, other) or _is_person(one)) and _words(one) == _words(other)


def more_words(one: Profile, other: Profile) -> bool:
    """Tell whether one name is the other with more words: Gaza, Gaza Strip."""
    left, right = _words(one), _words(other)
    return not _is_person(one) and (left < right or right < left)


def other_words(one: Profile, other: Profile) -> bool:
    """Tell whether each of two names has a word that the other has not."""
    left, right = _words(one), _words(other)
    if _is_person(one) or acronym(one, other) or _sounds(one) == _sounds(other):
        return False
    return bool(left - right and right - left)


def number_clash(one: Profile, other: Profile) -> bool:
    return _numbers(one) != _numbers(other)


def same_surname(one: Profile, other: Profile) -> bool:
    return _is_person(one) and not same_name(one, other) and _surname(one) == _surname(other)


def common_name(one: Profile, other: Profile) -> bool:
    """Tell whether so many people have the name that it alone says little."""
    return same_name(one, other) and _is_common(one)


def common_name_clash(one: Profile, other: Profile) -> bool:
    """Tell whether it is a common name, of people of different countries or fields."""
    return common_name(one, other) and (_country_clash(one, other) or field_clash(one, other))


def surname_clash(one: Profile, other: Profile) -> bool:
    return _is_person(one) and sounded(_surname(one)) != sounded(_surname(other))


def same_given(one: Profile, other: Profile) -> bool:
    left, right = _given(one), _given(other)
    return not same_name(one, other) and bool(left and right) and left[0] == right[0] and len(left[0]) > 1


def nickname(one: Profile, other: Profile) -> bool:
    left, right = _given(one), _given(other)
    return (
        bool(left and right)
        and not _is_initial(left, right)
        and left[0] != right[0]
        and _full(left) == _full(right)
    )


def initial(one: Profile, other: Profile) -> bool:
    left, right = _given(one), _given(other)
    return bool(left and right) and not same_name(one, other) and _is_initial(left, right)


def given_clash(one: Profile, other: Profile) -> bool:
    """Tell whether first names are two, and neither an initial or a short form of the other."""
    left, right = _given(one), _given(other)
    if not (left and right) or _is_initial(left, right):
        return False
    return _full(left) != _full(right) and sounded(left[0]) != sounded(right[0])


def middle_clash(one: Profile, other: Profile) -> bool:
    """Tell whether middle names begin with other letters: George W., George H. W."""
    left, right = _given(one)[1:], _given(other)[1:]
    return any(x[0] != y[0] for x, y in zip(left, right, strict=False))


def middle_missing(one: Profile, other: Profile) -> bool:
    """Tell whether one has a middle name more."""
    return len(_given(one)) != len(_given(other))


def suffix_clash(one: Profile, other: Profile) -> bool:
    left, right = _suffix(one), _suffix(other)
    return bool(left and right) and left != right


def suffix_missing(one: Profile, other: Profile) -> bool:
    return bool(_suffix(one)) != bool(_suffix(other))


# ---- What is told of them


def same_type(one: Profile, other: Profile) -> bool:
    return one.type == other.type


def same_known(one: Profile, other: Profile) -> bool:
    return bool(one.known) and one.known == other.known


def known_clash(one: Profile, other: Profile) -> bool:
    return bool(one.known and other.known) and one.known != other.known


def known_alone(one: Profile, other: Profile) -> bool:
    return bool(one.known) != bool(other.known)


def left_alone(one: Profile, other: Profile) -> bool:
    """Tell whether an article has a known thing's own name and all the same does not mean that thing.

    Another place, a namesake of another trade: what the linker left alone is not to be it after all.
    """
    if bool(one.known) == bool(other.known):
        return False
    if _is_place(one) and set(_countries(one)) & set(_countries(other)):
        return False
    known, free = (one, other) if one.known else (other, one)
    return may_be_left_alone(free.key, known.known)


def same_identifier(one: Profile, other: Profile) -> bool:
    return bool(set(one.same_as) & set(other.same_as))


def identifier_clash(one: Profile, other: Profile) -> bool:
    return bool(one.same_as and other.same_as) and not same_identifier(one, other)


def same_role(one: Profile, other: Profile) -> bool:
    return bool(set(one.roles) & set(other.roles))


def same_field(one: Profile, other: Profile) -> bool:
    return not same_role(one, other) and bool(fields_of(one.roles) & fields_of(other.roles))


def field_clash(one: Profile, other: Profile) -> bool:
    """Tell whether they do what nobody does both of, mostly: a minister, a striker."""
    left, right = fields_of(one.roles), fields_of(other.roles)
    return bool(left and right) and not left & right and not same_role(one, other)


def unlike_fields(one: Profile, other: Profile) -> bool:
    """Tell whether hardly anybody does both; a common name says that they are two by itself."""
    return are_unlike(fields_of(one.roles), fields_of(other.roles)) and not common_name(one, other)


def same_tie(one: Profile, other: Profile) -> bool:
    return bool(set(one.ties) & set(other.ties))


def same_country(one: Profile, other: Profile) -> bool:
    return bool(set(one.countries) & set(other.countries))


def person_country_clash(one: Profile, other: Profile) -> bool:
    return _is_person(one) and _country_clash(one, other)


def place_country_clash(one: Profile, other: Profile) -> bool:
    left, right = _countries(one), _countries(other)
    return _is_place(one) and bool(left and right) and not set(left) & set(right)


def region_clash(one: Profile, other: Profile) -> bool:
    """Tell whether two places are in other states or provinces, as far as that is told."""
    left, right = _region(one), _region(other)
    return _is_place(one) and bool(left and right) and left != right


def body_country_clash(one: Profile, other: Profile) -> bool:
    return one.block.startswith("body") and not generic(one, other) and _country_clash(one, other)


def generic(one: Profile, other: Profile) -> bool:
    """Tell whether a name is one that many countries have, and nothing says it is the same country's."""
    return (_is_generic(one) or _is_generic(other)) and not (
        same_country(one, other) or same_known(one, other) or same_tie(one, other)
    )


def generic_clash(one: Profile, other: Profile) -> bool:
    return generic(one, other) and _country_clash(one, other)


def beside(one: Profile, other: Profile) -> bool:
    """Tell whether an article has both names and takes them for two things."""
    return not same_name(one, other) and (one.key in other.beside or other.key in one.beside)


FEATURES = (
    Feature("same name", same_name, "they have the same full name"),
    Feature("same other name", same_other_name, "an article calls one by the other's name"),
    Feature("likeness", likeness, "their names are written alike"),
    Feature("same sound", same_sound, "their names are spellings of the same sounds"),
    Feature("acronym", acronym, "one name is the acronym of the other", "others"),
    Feature("same words", same_words, "their names are the same words", "others"),
    Feature("more words", more_words, "one name is the other with more words", "others"),
    Feature("other words", other_words, "each name has a word of its own", "others"),
    Feature("number clash", number_clash, "their numbers differ"),
    Feature("same surname", same_surname, "they have the same surname", "people"),
    Feature("common name", common_name, "many people have that name", "people"),
    Feature(
        "common name, other place",
        common_name_clash,
        "people of that name are in other countries or fields",
        "people",
    ),
    Feature("surname clash", surname_clash, "their surnames sound different", "people"),
    Feature("same given name", same_given, "they have the same given name", "people"),
    Feature("nickname", nickname, "one given name is short for the other", "people"),
    Feature("initial", initial, "one given name is the initial of the other", "people"),
    Feature("given name clash", given_clash, "their given names differ", "people"),
    Feature("middle name clash", middle_clash, "their middle names differ", "people"),
    Feature("middle name missing", middle_missing, "one has a middle name more", "people"),
    Feature("generation clash", suffix_clash, "they are of two generations", "people"),
    Feature("generation missing", suffix_missing, "only one is called of a generation", "people"),
    Feature("same type", same_type, "they are things of one type"),
    Feature("same known thing", same_known, "both are the same known thing"),
    Feature("known thing clash", known_clash, "they are two known things"),
    Feature("known alone", known_alone, "only one is a known thing"),
    Feature("left alone", left_alone, "one has the known thing's name and is not taken for it"),
    Feature("same identifier", same_identifier, "they have the same identifier"),
    Feature("identifier clash", identifier_clash, "they have different identifiers"),
    Feature("same role", same_role, "they have the same post or trade"),
    Feature("same field", same_field, "their posts or trades are of one field"),
    Feature("field clash", field_clash, "their posts or trades are of different fields"),
    Feature("unlike fields", unlike_fields, "hardly anybody is in both fields", "people"),
    Feature("same tie", same_tie, "they belong to the same thing"),
    Feature("same country", same_country, "it is about the same country"),
    Feature("person, other country", person_country_clash, "it is about other countries", "people"),
    Feature("place, other country", place_country_clash, "it is about other countries", "others"),
    Feature("place, other region", region_clash, "they are in other states", "others"),
    Feature("body, other country", body_country_clash, "it is about other countries", "others"),
    Feature("generic name", generic, "many countries have one of that name", "others"),
    Feature(
        "generic name, other country", generic_clash, "other countries have one of that name each", "others"
    ),
    Feature("beside", beside, "an article has both and takes them for two"),
)
# By whether the one and the other are people.
_ASKED = {
    (True, True): tuple(feature for feature in FEATURES if feature.among != "others"),
    (False, False): tuple(feature for feature in FEATURES if feature.among != "people"),
}


def _is_person(one: Profile) -> bool:
    return one.type == "PERSON"


def _given(one: Profile) -> tuple[str, ...]:
    return person_name(one.key).given if _is_person(one) else ()


def _full(given: tuple[str, ...]) -> str:
    return full_given(given[0])


def _is_initial(left: tuple[str, ...], right: tuple[str, ...]) -> bool:
    return min(len(left[0]), len(right[0])) == 1 and left[0][0] == right[0][0]


def _surname(one: Profile) -> str:
    return person_name(one.key).surname


def _is_common(one: Profile) -> bool:
    given = _given(one)
    return bool(given) and given[0] in common_names()["given"] and _surname(one) in common_names()["surname"]


def _suffix(one: Profile) -> str:
    return person_name(one.key).suffix if _is_person(one) else ""


class _Parts(NamedTuple):
    """What names are compared by."""

    spelt: str
    sounds: tuple[str, ...]
    words: frozenset[str]
    numbers: frozenset[str]
    is_generic: bool


@lru_cache(maxsize=_REMEMBERED)
def _parts_of(key: str) -> _Parts:
    words = content_words(key)
    return _Parts(
        " ".join(map(sounded, words)),
        tuple(map(sounded, key.split())),
        frozenset(word.removesuffix("s") for word in words),
        frozenset(word for word in key.split() if any(map(str.isdigit, word))),
        all(word in generic_words() for word in words),
    )


def _spelt(one: Profile) -> str:
    return _parts_of(one.key).spelt


def _sounds(one: Profile) -> tuple[str, ...]:
    return _parts_of(one.key).sounds


def _words(one: Profile) -> frozenset[str]:
    return _parts_of(one.key).words


def _numbers(one: Profile) -> frozenset[str]:
    return _parts_of(one.key).numbers


def _country_clash(one: Profile, other: Profile) -> bool:
    return bool(one.countries and other.countries) and not same_country(one, other)


def _is_place(one: Profile) -> bool:
    return one.block.startswith("place")


def _countries(one: Profile) -> tuple[str, ...]:
    """Return in which country a place is; of a known one the lists tell."""
    return place_of_known(one.known)[0] if one.known else one.countries


def _region(one: Profile) -> str:
    """Return in which state or province a place is; of one that is not known it is the only tie."""
    return place_of_known(one.known)[1] if one.known else next(iter(one.ties), "")


def _is_generic(one: Profile) -> bool:
    return not _is_person(one) and not one.known and _parts_of(one.key).is_generic
