"""Which known person a name means: by full name, or by surname, post and date; never against what is told.

"Boris Johnson, a butcher" is nobody known. Names that many bear need the post beside them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cache

from extractors.clusters import Cluster
from extractors.known_names import LEXICONS, rows_of
from extractors.mentions import Referring
from extractors.nouns import nominal_types, singular, titles
from extractors.words import Doc, Token
from newsgraph.gazetteer import Known, Term, load_gazetteer, plain_name

_YEARS_BEFORE = 15  # a first post: who has the name longer before it is another
_REACH = 6  # words of a post before a name
_BEHIND = 12  # words in which an apposition behind a name must end
# Before a name; they tell no post.
_COURTESIES = frozenset(
    {"mr", "mr.", "mrs", "mrs.", "ms", "ms.", "sir", "lord", "lady", "dame", "king", "queen", "prince"}
)
# Of these two of one surname are too often in office at a time to know one by it.
_MANY_AT_A_TIME = frozenset(
    {"representative", "congressman", "general", "minister", "spokesman", "director", "ambassador"}
)
_LESSENING = frozenset({"deputy", "vice", "assistant", "shadow"})  # a deputy minister is no minister
_PAST = frozenset({"former", "ex", "late", "then", "onetime"})
_YOUNGER = frozenset({"jr", "sr", "ii", "iii"})
_AGE = re.compile(r"\d{1,2}")
_FIRST_SENATORS = "2017-01-03"  # of those before that day many are in no list


def person_meant(doc: Doc, cluster: Cluster, countries: Counter[str], published: date | None) -> Known | None:
    """Return the known person that a cluster's names mean, if nothing told of them speaks against it."""
    names = [one for one in cluster.mentions if one.kind == "name"]
    forms = cluster.forms(doc)
    full = max(forms, key=lambda name: (len(name.split()), -forms.index(name)))
    day = published.isoformat() if published else ""
    named = load_gazetteer().named(full) or load_gazetteer().named(_without_initials(full))
    found = [one for one in named if one.kind == "person" and _is_of_age(one, day)]
    is_surname = not found and len(plain_name(full).split()) == 1
    if not (found or is_surname):
        return None
    posts = list(_posts(doc, cluster, names))
    if len(found) > 1:  # father and son
        found = [one for one in found if _holds(one, posts, day)]
    if is_surname:
        found = _by_surname(plain_name(full), posts, countries, day)
    if len(found) != 1 or _speaks_against(doc, cluster, names, found[0], posts):
        return None
    [one] = found
    return one if not one.doubtful or _has_post(one, posts) or _is_at_home(one, countries) else None


def _without_initials(full: str) -> str:
    """Return the name of a son without initials: "Joseph R. Biden Jr." is "Joseph Biden Jr.".

    Others keep theirs: John F. Kennedy is not the senator John Kennedy.
    """
    first, *middle, last = full.split() if " " in full else (full, "")
    if last.strip(".").lower() not in _YOUNGER:
        return full
    return " ".join((first, *(word for word in middle if len(word.strip(".")) > 1), last))


def country_of(one: Known) -> str:
    """Return the key of the country that a thing is of; of a person, that of the first post."""
    return one.country or (_country(one.terms[0]) if one.terms else "")


def _is_at_home(one: Known, countries: Counter[str]) -> bool:
    """Say whether an article is about the country in which a person has a post; a state is too small."""
    return any(term.of in countries and term.of.startswith("country/") for term in one.terms)


def _is_of_age(one: Known, day: str) -> bool:
    first = min((term.first[:4] for term in one.terms), default="")
    return not day or not first or int(day[:4]) >= int(first) - _YEARS_BEFORE


# --- Posts ------------------------------------------------------------------------------------------------


def _posts(doc: Doc, cluster: Cluster, names: Sequence[Referring]) -> Iterator[frozenset[str]]:
    """Yield the words of each phrase that may tell a post: before a name, and what a person is called."""
    for one in names:
        start = max(one.start - _REACH, doc[one.head].sent.start)
        while start < one.start and any(_breaks(doc[place]) for place in range(start, one.start)):
            start += 1
        yield _words(doc, start, one.start)
        if one.end < len(doc) and doc[one.end].text == ",":
            behind = range(one.end + 1, min(one.end + _BEHIND, len(doc)))
            yield _words(doc, one.end + 1, next((place for place in behind if doc[place].text in ",.;"), 0))
    for one in (*cluster.mentions, *cluster.phrases):
        if one.kind == "nominal":
            end = doc[one.head].right_edge.i + 1
            yield _words(doc, one.start, min(end, one.head + _REACH))


def _breaks(token: Token) -> bool:
    return token.pos_ in {"VERB", "AUX", "CCONJ", "SCONJ"} or (
        token.is_punct and token.text not in {"-", ".", "'"}
    )


def _words(doc: Doc, start: int, end: int) -> frozenset[str]:
    words = (doc[place].lower_.replace(".", "") for place in range(start, max(start, end)))
    return frozenset(_form(word) for word in words if word)


@cache
def _forms() -> Mapping[str, str]:
    return {row[0]: row[1] for row in rows_of(LEXICONS / "post_words.tsv")}


@cache
def _public_figures() -> frozenset[str]:
    return frozenset(row[0] for row in rows_of(LEXICONS / "public_figures.txt"))


def _form(word: str) -> str:
    return _forms().get(word, word)


def _tells(words: frozenset[str], term: Term) -> bool:
    """Say whether a phrase has all words of a post; its country, if it tells one, must be the post's."""
    post = _words_of(term)
    if not post <= words or (words & _LESSENING) - post:
        return False
    people = load_gazetteer().people
    told = {people[word] for word in words if word in people}
    told |= {
        one.key for word in words for one in load_gazetteer().strong.get(word, ()) if one.kind == "country"
    }
    return not told or _country(term) in told


def _country(term: Term) -> str:
    thing = load_gazetteer().things.get(term.of)
    return term.of if thing is None else thing.country


def _words_of(term: Term) -> frozenset[str]:
    return frozenset(_form(word) for word in re.split(r"[ -]", term.post)) - {"of"}


def _has_post(one: Known, posts: Sequence[frozenset[str]]) -> bool:
    return any(_tells(words, term) for words in posts for term in one.terms)


def _holds(one: Known, posts: Sequence[frozenset[str]], day: str) -> bool:
    """Say whether a post that is told is one that a person holds on that day."""
    told = [words for words in posts if not words & _PAST]
    return bool(day) and any(_tells(words, term) and term.covers(day) for words in told for term in one.terms)


def _by_surname(
    surname: str, posts: Sequence[frozenset[str]], countries: Counter[str], day: str
) -> list[Known]:
    """Return who holds the post told on the day: "Prime Minister Johnson" in April 2020."""
    if not day:
        return []
    posts = [words for words in posts if not words & _PAST]
    found = []
    for one in load_gazetteer().surnames.get(surname, ()):
        terms = [term for term in one.terms if term.covers(day) and term.post not in _MANY_AT_A_TIME]
        terms = [term for term in terms if term.post != "senator" or day >= _FIRST_SENATORS]
        if any(_tells(words, term) and _fits(term, countries) for words in posts for term in terms):
            found.append(one)
    return found


def _fits(term: Term, countries: Counter[str]) -> bool:
    country = _country(term)
    return not country or not countries or country in countries


# --- What speaks against it -------------------------------------------------------------------------------


def _speaks_against(
    doc: Doc, cluster: Cluster, names: Sequence[Referring], person: Known, posts: Sequence[frozenset[str]]
) -> bool:
    """Say whether an article tells of a person what is not true of the known one: "a butcher", "Coach"."""
    held = {word for term in person.terms for word in _words_of(term)}
    for noun in (*_descriptions(doc, cluster, names), *_titles(doc, names)):
        if _form(singular(noun).replace(".", "")) not in held | _public_figures():
            return True
    is_aged = any(
        one.end + 2 < len(doc) and doc[one.end].text == "," and _AGE.fullmatch(doc[one.end + 1].text)
        for one in names
    )
    return is_aged and not _has_post(person, posts)


def _descriptions(doc: Doc, cluster: Cluster, names: Sequence[Referring]) -> Iterator[Token]:
    """Yield the nouns that say what kind of person it is: "…, a florist in Daegu"."""
    for one in names:
        place = one.end + 1
        if place < len(doc) and doc[one.end].text == "," and doc[place].lower_ in {"a", "an"}:
            yield doc[place].head if doc[place].dep_ == "det" else doc[min(place + 1, len(doc) - 1)]
    for one in (*cluster.mentions, *cluster.phrases):
        if one.kind == "nominal" and doc[one.start].lower_ in {"a", "an"}:
            yield doc[one.head]


def _titles(doc: Doc, names: Sequence[Referring]) -> Iterator[Token]:
    """Yield the nouns right before a name: "Coach", "Dr."."""
    for one in names:
        if one.start == 0:
            continue
        before = doc[one.start - 1]
        is_title = before.lower_ in titles() or nominal_types().get(singular(before)) == "PERSON"
        if is_title and before.lower_ not in _COURTESIES and not before.ent_type_:
            yield before
