"""The names of a text with what each stands for: by all its places, and by what stands around it here.

"Austin said" is the man of that name, "in Austin" the city; "the engineer Anna Berg" is a person.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace

from extractors.families import is_surname_of_several, plurals_of
from extractors.name_borders import end_of_state_body
from extractors.name_spans import VALUES, NameSpan, find_name_spans
from extractors.name_types import given_names, is_building, is_told_kind, retyped, told_by_words
from extractors.nouns import nominal_types, singular, titles
from extractors.reader import ATTRIBUTION
from extractors.ship_names import HULLS
from extractors.spans import initials_of, name_words, words_at
from extractors.storm_names import with_storms
from extractors.words import Doc, Token
from newsgraph.gazetteer import load_gazetteer
from newsgraph.records import EntityType

# A body beside the noun for a thing: whose it is. A people is none of these.
_BOTH = frozenset({("PRODUCT", "ORG"), *((kind, "NORP") for kind in ("PERSON", "ORG", "PRODUCT"))})
_OPEN: Mapping[str, EntityType] = {"PERSON": "ORG", "MISC": "PRODUCT"}
_TOLD: frozenset[EntityType] = frozenset({"PERSON", "ORG", "PRODUCT"})
_HALF = 0.5
_DOUBTED = 0.7  # confidence below which "the Bergs" are no club
_SURE = 0.9  # confidence from which "Houston" is the city beside a Mr Houston
# Persons and firms are called so.
_EITHER = frozenset(
    {
        *(
            "owner",
            "rival",
            "maker",
            "partner",
            "buyer",
            "neighbour",
            "neighbor",
            "ally",
            "leader",
            "founder",
            "member",
        ),
        *(
            "champion",
            "winner",
            "opponent",
            "host",
            "guest",
            "shareholder",
            "investor",
            "creditor",
            "competitor",
        ),
        *(
            "regulator",
            "client",
            "customer",
            "tenant",
            "landlord",
            "sponsor",
            "contender",
            "challenger",
            "bidder",
            "loser",
            "producer",
            "developer",
            "supplier",
            "exporter",
            "builder",
            "trader",
            "broker",
            "publisher",
            "contractor",
            "employer",
            "organiser",
            "organizer",
            "pollster",
            "auditor",
        ),
    }
)
_POSTS = frozenset({"secretary", "minister", "ministers", "secretaries", "leader"})
_IN_CHARGE = frozenset({"minister", "ministers", "commissioner"})
_PORTFOLIOS = frozenset(
    {
        *(
            "defense",
            "defence",
            "foreign",
            "interior",
            "home",
            "finance",
            "prime",
            "justice",
            "health",
            "energy",
        ),
        *(
            "trade",
            "education",
            "transport",
            "environment",
            "agriculture",
            "labor",
            "labour",
            "water",
            "economy",
            "supreme",
        ),
    }
)
_PLACING = frozenset({"in", "near", "at", "from", "to", "into", "around", "outside", "through"})
_OF_PLACES = frozenset(
    {"city", "town", "place", "state", "port", "north", "south", "east", "west", "outside", "mayor", "people"}
)
_AGES = (5, 120)


def typed_names(doc: Doc) -> Iterator[NameSpan]:
    """Yield the names and values of a Doc in text order, with their types as they stand where they stand."""
    spans = with_storms(doc, find_name_spans(doc, frozenset(titles())))
    labels = _agreed_labels([(one.words(doc), one.label) for one in spans])
    surest: dict[str, float] = {}
    for one in spans:
        surest[one.words(doc)] = max(one.sure, surest.get(one.words(doc), 0))
    labels |= retyped(doc, [(one.start, one.end) for one in spans], labels, surest)
    labels |= _called_bodies(doc, spans, labels)
    labels |= dict.fromkeys(_families(doc, spans, labels, surest), "PERSON")
    labels |= dict.fromkeys(_first_names(labels, surest), "PERSON")
    company = _Company(
        families={name.split()[-1] for name, label in labels.items() if label == "PERSON" and " " in name},
        crafts={name.split()[-1] for name, label in labels.items() if label == "PRODUCT" and " " in name},
        ships={name.split()[-1] for name in labels if name.split()[0] in HULLS},
        houses=_houses([(one.start, one.words(doc)) for one in spans], labels),
        sources={
            place
            for span in doc.spans.get(ATTRIBUTION, ())
            if span.label_ == "SOURCE"
            for place in range(span.start, span.end)
        },
    )
    for one in spans:
        start, end, text = one.start, one.end, one.words(doc)
        is_empty = text.lower() in {"the", "a", "an"} or not any(map(str.isalnum, text))
        if is_empty or _is_portfolio(doc, start, end, one.label):
            continue
        if one.label == "ORG" and (_is_described(doc, one) or _is_field(doc, start, end)):
            continue  # "the interior ministry", "the ministry of Morava", "Pharma giant"
        if one.label == "PERSON" and is_surname_of_several(doc, start, end):
            continue  # "the Berg family"
        label, end = one.label, _before_field(doc, start, end)
        if label not in VALUES and not one.is_settled:
            start, end, label = _typed(doc, start, end, labels[text], one.sure, company)
        is_same = (start, end, label) == (one.start, one.end, one.label)
        yield one if is_same else replace(one, start=start, end=end, label=label)


def _called_bodies(doc: Doc, spans: Sequence[NameSpan], labels: Mapping[str, str]) -> dict[str, str]:
    """Return the names that are called a body or a thing in one place, and nothing else in any.

    "The agency Norlin" is no person then, "the ferry Rosa" of no kind unknown.
    """
    people = {
        word for text, label in labels.items() if label == "PERSON" and " " in text for word in text.split()
    }
    called: dict[str, set[EntityType | None]] = {}
    for one in spans:
        text = one.words(doc)
        is_open = labels.get(text) in _OPEN and text not in people and one.sure < _SURE
        if is_open:
            called.setdefault(text, set()).add(_called_type(doc, doc[one.start : one.end].root, one.start))
    return {text: told for text, types in called.items() if types - {None} == {told := _OPEN[labels[text]]}}


def _families(
    doc: Doc, spans: Sequence[NameSpan], labels: Mapping[str, str], surest: Mapping[str, float]
) -> Iterator[str]:
    """Yield the names by which all of a surname are called, of which one is named in full: "the Bergs".

    Not the club of that name, of which the network is surer: "the Browns" beside their coach Mike Brown.
    """
    surnames = {text.split()[-1] for text, label in labels.items() if label == "PERSON" and " " in text}
    plurals = {plural for surname in surnames for plural in plurals_of(surname)}
    for one in spans:
        text = one.words(doc)
        is_behind_article = one.start > 0 and doc[one.start - 1].lower_ == "the"
        if text in plurals and surest[text] < _DOUBTED and is_behind_article:
            yield text


def _first_names(labels: Mapping[str, str], surest: Mapping[str, float]) -> Iterator[str]:
    """Yield the given names of persons that the network took for something else: "Tracy" of Tracy Berg."""
    first = {text.split()[0] for text, label in labels.items() if label == "PERSON" and " " in text}
    for text, label in labels.items():
        is_given = text in first and text.lower() in given_names()
        if is_given and label != "PERSON" and surest[text] < _SURE and not load_gazetteer().named(text):
            yield text


def _typed(
    doc: Doc, start: int, end: int, label: str, sure: float, company: _Company
) -> tuple[int, int, str]:
    """Return a name's borders and type as it stands here."""
    if label == "NORP":
        start, end, label = _people_or_other(doc, start, end)
    label = _label_in_company(doc, start, end, label, sure, company)
    return start, end, "FAC" if label == "ORG" and is_building(doc, start, end) else label


def _houses(names: Sequence[tuple[int, str]], labels: Mapping[str, str]) -> set[int]:
    """Return where a name is a firm's, told in full before, and not yet that of its founder.

    "Norlin Foods fell. Norlin was founded by Arthur Norlin."
    """
    firms: dict[str, int] = {}
    families: dict[str, int] = {}
    for start, text in names:
        words = text.split()
        if len(words) > 1 and labels.get(text) == "ORG":
            firms.setdefault(words[0], start)
        elif len(words) > 1 and labels.get(text) == "PERSON":
            families.setdefault(words[-1], start)
    return {start for start, text in names if firms.get(text, start) < start < families.get(text, start)}


def _is_described(doc: Doc, one: NameSpan) -> bool:
    """Say whether a body's words are no name, but what it is and where; "air asia" is one."""
    text, first, last = one.words(doc), doc[one.start], doc[one.end - 1]
    is_noun = first.text.islower() and first.lemma_.lower() in nominal_types()
    is_name = last.tag_ in {"NNP", "NNPS"} and nominal_types().get(singular(last)) != "ORG"
    is_small = text.islower() and not (is_name and one.sure >= _HALF)
    return " " in text and (is_small or (is_noun and doc[one.start + 1].lower_ == "of"))


def _is_field(doc: Doc, start: int, end: int) -> bool:
    """Say whether a word only tells what a firm does, with a capital letter at the head of a sentence."""
    is_before_noun = end < len(doc) and doc[end].text.islower() and doc[end].tag_ == "NN"
    return end - start == 1 and is_before_noun and is_told_kind(doc[start].lower_, "field")


@dataclass(frozen=True, slots=True)
class _Company:
    """What an article's other names say of one."""

    families: Set[str]  # surnames of persons who are named in full
    crafts: Set[str]  # last words of products' names: "Ford" of "USS Gerald R. Ford"
    ships: Set[str]  # the same of ships that are named with their navy: "Bainbridge" of "USS Bainbridge"
    houses: Set[int]  # first words of names that are a firm's here: its founder is named later
    sources: Set[int]  # words of whoever says something


def _label_in_company(doc: Doc, start: int, end: int, label: str, sure: float, company: _Company) -> str:
    """Return the type of a name as it stands here: "Austin said" is the man, "in Austin" is the city."""
    called = _called_type(doc, doc[start:end].root, start) if sure < _SURE else None
    # "the developer Orla AB"
    text = words_at(doc, start, end)
    is_body = label == "ORG" and told_by_words(text.split()) == "ORG"
    is_where = label == "LOC" and start > 0 and doc[start - 1].lower_ in _PLACING | {"on"}
    if called is not None and (called, label) not in _BOTH and not is_body and not is_where:
        return called  # not "born on Naxos in 1936, the son of a fisherman"
    if _has_age(doc, end) and label not in {"NORP", "PRODUCT"}:
        return "PERSON"
    before = doc[start - 1].lower_ if start > 0 else ""
    if start in company.houses and before not in titles():
        return "ORG"
    if text not in company.families:
        is_ship = label == "PERSON" and text in company.ships and before not in titles()
        return "PRODUCT" if is_ship else label  # not "Queen Elizabeth"
    is_thing = before in {"a", "an"} and doc[start:end].root.dep_ in {"obj", "obl"}  # not "a Ford supporter"
    if is_thing or (text in company.crafts and before == "the"):
        return "PRODUCT"  # "she drives a Ford"; "the Ford": the carrier, not the president
    is_sure = sure > _SURE and (label == "ORG" or (label == "LOC" and start not in company.sources))
    is_place = label == "LOC" and _is_place(doc, start, end)
    return label if is_sure or is_place or _is_thing(doc, end) else "PERSON"


def _called_type(doc: Doc, root: Token, start: int) -> EntityType | None:
    """Return what a noun beside a name says it is: "the engineer Anna Berg", "the operator Norlin"."""
    before = doc[start - 1] if start > doc[start].sent.start else None
    right_before = None if before is None else _type_told_by(before)
    if right_before is not None:
        return right_before if right_before in _TOLD else None
    nouns = [child for child in root.children if child.dep_ == "appos"]
    if root.dep_ == "appos" and before is not None and before.text == ",":
        nouns.append(before.nbor(-1) if before.i > before.sent.start else before)  # "his deputy, Deniz Uslu"
    if root.dep_ == "appos" and root.head.dep_ == "nmod":  # "the founder of Poltronics, Maarten Pol"
        nouns.append(root.head.head)
    types = [kind for noun in nouns if (kind := _type_told_by(noun)) in _TOLD]
    return "PERSON" if "PERSON" in types else next(iter(types), None)


def _type_told_by(noun: Token) -> EntityType | None:
    lemma = singular(noun)
    told = nominal_types().get(lemma) if lemma not in _EITHER else None
    if noun.tag_ == "NN" and noun.text == noun.lower_:
        return told
    is_opening = noun.i == noun.sent.start and noun.text.istitle() and noun.tag_ in {"NN", "NNP"}
    return told if is_opening and told == "ORG" else None  # "Carmaker Norvik"


def _is_place(doc: Doc, start: int, end: int) -> bool:
    """Say whether a name stands as a place's does: "in Austin", "a place like Austin", "Austin, Texas"."""
    before = doc[start - 1].lower_ if start > 0 else ""
    region = end + 1 < len(doc) and doc[end].text == "," and doc[end + 1].ent_type_ == "LOC"
    of_place = before in {"of", "like"} and start > 1 and doc[start - 2].lower_ in _OF_PLACES
    return before in _PLACING or region or of_place


def _people_or_other(doc: Doc, start: int, end: int) -> tuple[int, int, EntityType]:
    """Return a people's name with its type: "Russian Federation", "Velmarkian Navy", "The Hindu" are none."""
    if (whole := end_of_state_body(doc, start, end)) is not None:
        return start, whole, "ORG"
    text = doc[start:end].text
    if any(one.kind == "country" for one in load_gazetteer().named(text)):
        return start, end, "LOC"
    is_noun = doc[start:end].root.dep_ not in {"amod", "compound"}
    paper = f"The {text}" if is_noun and start > 0 and doc[start - 1].text == "The" else ""
    if paper and any(one.kind == "media" and one.name == paper for one in load_gazetteer().named(paper)):
        return start - 1, end, "ORG"
    return start, end, "NORP"


def _has_age(doc: Doc, end: int) -> bool:
    """Say whether an age stands behind a name: "Washington, 66, plays"."""
    if end + 2 >= len(doc) or doc[end].text != "," or doc[end + 2].text not in {",", "."}:
        return False
    years = doc[end + 1].text
    return years.isdigit() and _AGES[0] <= int(years) <= _AGES[1]


def _is_thing(doc: Doc, end: int) -> bool:
    """Say whether a name goes on as no person's does: "Jordan, which buys"."""
    return end + 1 < len(doc) and doc[end].text == "," and doc[end + 1].lower_ == "which"


def _before_field(doc: Doc, start: int, end: int) -> int:
    """Return where a name ends before the field of a post: "Pentagon" of "Pentagon Press Secretary"."""
    is_field = doc[end - 1].lower_ == "press" and end < len(doc) and doc[end].lower_ in _POSTS
    return end - 1 if is_field and end - start > 1 else end


def _is_portfolio(doc: Doc, start: int, end: int, label: str) -> bool:
    """Say whether words are the field of a post, and no body's: "US Defense" before "Secretary"."""
    if label == "ORG" and start > 1 and doc[start - 1].lower_ in {"of", "for"}:
        return doc[start - 2].lower_ in _IN_CHARGE  # "the Minister of Public Works"
    return end < len(doc) and doc[end].lower_ in _POSTS and doc[end - 1].lower_ in _PORTFOLIOS


def _agreed_labels(found: list[tuple[str, str]]) -> dict[str, str]:
    """Return one label for each name: the same words in one article are hardly two kinds of thing."""
    votes: dict[str, Counter[str]] = {}
    for text, label in found:
        if label not in VALUES:
            votes.setdefault(text, Counter())[label] += 1
    agreed = {text: min(labels, key=lambda label: (-labels[label], label)) for text, labels in votes.items()}
    firms = {text.split()[0] for text, label in agreed.items() if label == "ORG" and " " in text}
    families = {text.split()[-1] for text, label in agreed.items() if label == "PERSON" and " " in text}
    told = _labels_of_acronyms(agreed)
    # A firm called by its first word alone looks like a surname.
    return {
        text: "ORG" if label == "PERSON" and text in firms - families else told.get(text, label)
        for text, label in agreed.items()
    }


def _labels_of_acronyms(labels: Mapping[str, str]) -> dict[str, str]:
    """Return the types of the names that acronyms of the article stand for: of "MBS" a person's."""
    found: dict[str, set[str]] = {}
    for text, label in labels.items():
        for letters in initials_of(name_words(text)):
            found.setdefault(letters, set()).add(label)
    return {
        text: next(iter(found[text.casefold()]))
        for text, label in labels.items()
        if text.isupper() and label not in {"LOC", "FAC"} and len(found.get(text.casefold(), ())) == 1
    }
