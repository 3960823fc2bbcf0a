"""What a noun phrase means: the name beside it, the one thing that is called so, or a thing of its own.

"his Russian counterpart Sergei Shoigu" and "Nikolai Patrushev, the secretary of …" are one person each. "The
drone" is the one thing that the article calls a drone, or the one named weapon that is one; if there are
two, it is neither.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache

from extractors.clauses import SUBJECTS
from extractors.clusters import Cluster
from extractors.coordination import first_word
from extractors.kinds_in_names import kind_words
from extractors.known_names import LEXICONS, rows_of
from extractors.mentions import Referring
from extractors.nouns import BODIES_OF_STATE, gendered_nouns, nominal_types, singular, titles
from extractors.of_lands import OF_EACH_LAND, Land, are_persons_apart, is_told_behind, land_told
from extractors.passing import PLURALS, name_given
from extractors.ship_names import HULLS
from extractors.spans import name_words, phrase_before
from extractors.weapon_kinds import nouns_for
from extractors.words import Doc, Token
from newsgraph.records import EntityType

_DEFINITE = frozenset({"the", "this", "that"})
# British and American where posts are called by them; titles in short.
_SPELLINGS = {
    "defence": "defense",
    "gen.": "general",
    "gen": "general",
    "sen.": "senator",
    "gov.": "governor",
}
_BESIDE = frozenset({"appos", "flat", "compound", "flat:name", "nmod:desc"})
_CLOSING = frozenset({",", ".", ";", ":", ")", "–", "—", "-"})
_REACH = 6  # words between a post and the comma before its holder
# Nouns for "the one just spoken of"; a church or a school could be any.
_GENERIC = {
    "ORG": frozenset(
        {
            *(
                "company",
                "firm",
                "bank",
                "airline",
                "club",
                "party",
                "agency",
                "newspaper",
                "union",
                "charity",
            ),
            *("carmaker", "retailer", "broadcaster", "university", "group", "insurer", "lender"),
        }
    ),
    "LOC": frozenset(
        {"town", "city", "village", "island", "port", "suburb", "province", "region", "country"}
    ),
}
_STATES = frozenset({"country"})
_SETTLED = frozenset({"town", "city", "village", "island", "suburb"})
# What a ship of any kind is called.
_ANY_SHIP = frozenset({"ship", "vessel", "boat", "craft"})
_SHIPS = _ANY_SHIP | {
    *("destroyer", "frigate", "corvette", "cruiser", "submarine", "warship", "battleship", "minesweeper"),
    *("gunboat", "icebreaker", "trawler", "tanker", "freighter", "ferry", "yacht", "tugboat", "tug", "barge"),
    *("carrier", "bulker", "dredger", "speedboat", "lighter", "lugger", "sloop", "coaster"),
    *("schooner", "catamaran", "liner", "steamer", "dhow", "cutter", "lifeboat"),
}
_CHILDREN = frozenset(
    {"baby", "child", "infant", "toddler", "newborn", "boy", "girl", "teenager", "youngster"}
)
_KINDS = {
    "writer": frozenset({"novelist", "author", "poet", "playwright", "essayist", "columnist", "biographer"}),
    "artist": frozenset({"painter", "sculptor", "photographer", "singer", "musician"}),
    "musician": frozenset({"pianist", "violinist", "guitarist", "drummer", "cellist", "singer", "composer"}),
    "scientist": frozenset({"biologist", "physicist", "chemist", "geologist", "astronomer", "virologist"}),
}
_LESSER = frozenset({"deputy", "vice", "assistant", "acting", "former", "ex", "shadow"})
_OFFSPRING = frozenset({"son", "daughter"})
_OF_SEVERAL = frozenset({"family", "couple", "household", "duo", "trio", "crowd"})
_IS = frozenset({"is", "'s", "’s", "are", "'re", "’re"})
_WAS = _IS | {"was", "were"}
_DENYING = frozenset({"not", "n't", "n’t", "no", "never", "hardly", "neither"})
_OWN = frozenset({"own"})  # "is his own boss": he may be whose it is
_WITHIN = frozenset({"ccomp", "xcomp", "advcl", "csubj"})  # "does not mean Berg is the chairwoman"
_ANY = frozenset({"a", "an", "any", "each", "every", "no", "some", "another"})
_MERGING = frozenset({"PERSON", "PRODUCT"})


def place_nominals(doc: Doc, nominals: Sequence[Referring], clusters: list[Cluster]) -> None:
    """Add each noun phrase to the cluster that it means, or to ``clusters`` as one of its own."""
    waiting, naming = [], []
    named = _by_words_of_names(clusters)
    for one in nominals:
        beside = _named_beside(doc, one, clusters, named)
        if beside is None and (place := _named_of(doc, one, clusters, named)) is not None:
            place.mentions.append(one)
        elif beside is None:
            waiting.append(one)
        if beside is None:
            continue
        naming.append((one, beside))
        is_around = any(_overlap(one, other) for other in beside.mentions)
        (beside.phrases if is_around else beside.mentions).append(one)
    with_names = [cluster for cluster in clusters if cluster.is_named]
    for one in waiting:
        is_listed = singular(doc[one.head]) in nominal_types()
        found = _meant(doc, one, clusters, with_names) if is_listed else _named_for(doc, one, clusters)
        if found is None:
            clusters.append(Cluster(one.type, [one]))
        else:
            found.mentions.append(one)
    _join_introduced(doc, naming, clusters)


def _join_introduced(doc: Doc, naming: Iterable[tuple[Referring, Cluster]], clusters: list[Cluster]) -> None:
    """Join to each name what was told of before, without a name, and then is named."""
    for one, named in naming:
        if (introduced := _introduced(doc, one, named, clusters)) is not None:
            named.mentions += introduced.mentions
            clusters.remove(introduced)


def _introduced(doc: Doc, one: Referring, named: Cluster, clusters: Sequence[Cluster]) -> Cluster | None:
    """Return "a spokesman" of before whom "the spokesman, Idris Kane" names."""
    is_bare = (
        doc[one.start].lower_ == "the" and one.end - one.start == 2 and doc[one.head].tag_ not in PLURALS
    )
    is_first = all(one.start <= other.start for other in named.mentions)
    if not (is_bare and is_first):
        return None
    called = [
        each
        for each in clusters
        if not each.is_named and each.type == one.type and _is_called(doc, each, one)
    ]
    firsts = {doc[min(other.start for other in each.mentions)].lower_ for each in called}
    is_before = all(other.start < one.start for each in called for other in each.mentions)
    return called[0] if len(called) == 1 and firsts <= {"a", "an"} and is_before else None


_Key = tuple[int, EntityType, tuple[str, ...]]  # whose it is, of which type, by which words


def join_owned(doc: Doc, clusters: Sequence[Cluster]) -> list[Cluster]:
    """Return the clusters, those without a name made one that are the same noun of one owner.

    "Its defence ministry" is another one's for each "it"; it is "Russia's defence ministry" for Russia's, and
    "his deputy" Marta Lind where she is called so, and no other deputy of his is named.
    """
    owners: dict[int, int] = {}  # word of a name or a pronoun -> cluster
    for number, cluster in enumerate(clusters):
        for one in cluster.mentions:
            if one.kind in {"name", "pronoun"}:
                owners.update(dict.fromkeys(range(one.start, one.end), number))
    keys_of = [list(_keys(doc, cluster, owners)) for cluster in clusters]
    first = _called_by_owner(clusters, keys_of)
    kept: list[Cluster] = []
    for cluster, keys in zip(clusters, keys_of, strict=True):
        same = cluster if cluster.is_named else next((first[key] for key in keys if key in first), cluster)
        if same is cluster:
            kept.append(cluster)
        else:
            same.mentions += cluster.mentions
            same.phrases += cluster.phrases
            same.unsure += cluster.unsure
        if not cluster.is_named:
            first |= {key: same for key in keys if key not in first}
    return kept


def _called_by_owner(clusters: Sequence[Cluster], keys_of: Sequence[Sequence[_Key]]) -> dict[_Key, Cluster]:
    """Return the one thing with a name that is called so, for each key that no two of them share."""
    found: dict[_Key, Cluster | None] = {}
    for cluster, keys in zip(clusters, keys_of, strict=True):
        if cluster.is_named:
            found |= {key: None if key in found else cluster for key in set(keys)}
    return {key: cluster for key, cluster in found.items() if cluster is not None}


def _keys(doc: Doc, cluster: Cluster, owners: Mapping[int, int]) -> Iterator[_Key]:
    for one in (*cluster.mentions, *(cluster.phrases if cluster.is_named else ())):
        if one.kind == "nominal":
            for owner, words in _owned(doc, one):
                if owner in owners:
                    yield owners[owner], cluster.type, words


def _owned(doc: Doc, one: Referring) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Yield the word for a noun's owner and the words behind it: "its defence ministry"."""
    for child in doc[one.head].children:
        if child.dep_ == "nmod:poss" and one.start <= child.i < one.head:
            after = [
                _SPELLINGS.get(token.lower_, token.lower_)
                for token in doc[child.i + 1 : one.end]
                if token.tag_ != "POS" and not token.is_punct and not token.is_space
            ]
            yield child.i, tuple(after)


def _overlap(left: Referring, right: Referring) -> bool:
    return left.start < right.end and right.start < left.end


def _by_words_of_names(clusters: Sequence[Cluster]) -> dict[int, list[int]]:
    """Return the numbers of the things that have a word in one of their names."""
    found: dict[int, list[int]] = {}
    for number, cluster in enumerate(clusters):
        for one in cluster.mentions:
            for place in range(one.start, one.end) if one.kind == "name" else ():
                found.setdefault(place, []).append(number)
    return found


def _named_beside(
    doc: Doc, one: Referring, clusters: Sequence[Cluster], named: Mapping[int, Sequence[int]]
) -> Cluster | None:
    """Return the named thing that a noun stands beside, by the tree or by the commas."""
    near, called, given = _places_beside(doc, one), _called_beside(doc, one), name_given(doc[one.head])
    equal = _equated(doc[one.head])
    places = near | called | {word.i for word in (given, equal) if word is not None}
    # nobody is "five drivers"
    is_many = doc[one.head].tag_ in {"NNS", "NNPS"} or _noun(doc[one.head]) in _OF_SEVERAL
    for number in sorted({number for place in places for number in named.get(place, ())}):
        cluster = clusters[number]
        if is_many and cluster.type == "PERSON":
            continue
        if given is not None and cluster.type == one.type and _has_name_at(cluster, {given.i}):
            return cluster
        if equal is not None and cluster.type == one.type != "NORP" and _has_name_at(cluster, {equal.i}):
            return cluster
        is_same = cluster.type in _MERGING and cluster.type in {one.type, "PRODUCT"}
        if is_same and _has_name_at(cluster, near):
            return cluster
        if cluster.type == "ORG" == one.type and _has_name_at(cluster, called):
            return cluster
    return None


def _named_of(
    doc: Doc, one: Referring, clusters: Sequence[Cluster], named: Mapping[int, Sequence[int]]
) -> Cluster | None:
    """Return the place that a noun is told to be: "the town of Lund"."""
    head = doc[one.head]
    if _noun(head) not in _SETTLED or head.tag_ != "NN":
        return None
    behind = {
        child.i
        for child in head.rights
        if child.dep_ == "nmod" and any(case.dep_ == "case" and case.lower_ == "of" for case in child.lefts)
    }
    places = (clusters[number] for place in sorted(behind) for number in named.get(place, ()))
    return next((each for each in places if each.type == "LOC" and _has_name_at(each, behind)), None)


def _equated(noun: Token) -> Token | None:
    """Return the word that a plain clause says a noun to be: "Norlin is a bank", "the guest was Ali".

    Not "Dorn was the chairman", who may be another one now.
    """
    is_told = any(child.dep_ == "cop" for child in noun.children)
    predicate = noun if is_told else noun.head
    subject = next((child for child in predicate.lefts if child.dep_ in SUBJECTS), None)
    verb = next((child for child in predicate.lefts if child.dep_ == "cop"), None)
    if subject is None or verb is None or verb.i < subject.i or verb.lower_ not in (_IS if is_told else _WAS):
        return None
    others = {child.dep_.partition(":")[0] for child in predicate.children}
    told = {token.lower_ for token in noun.doc[verb.i : predicate.i]}
    if predicate.dep_ in _WITHIN or others & {"aux", "case", "mark", "conj"} or told & (_DENYING | _OWN):
        return None
    if is_told:
        return subject
    is_one = any(child.dep_ in {"det", "nmod:poss"} and child.lower_ not in _ANY for child in noun.lefts)
    return predicate if noun == subject and is_one else None


def _has_name_at(cluster: Cluster, places: set[int]) -> bool:
    names = [one for one in cluster.mentions if one.kind == "name"]
    return any(one.start <= place < one.end for one in names for place in places)


def _places_beside(doc: Doc, one: Referring) -> set[int]:
    """Return the words that a noun stands beside, by the tree or by the commas."""
    head = doc[one.head]
    near = {child.i for child in head.children if child.dep_ in _BESIDE}
    # "her brother, the arsonist Till Fuchs"
    further = (child for child in head.children if child.dep_ == "appos")
    near |= {one.i for child in further for one in child.children if one.dep_ in _BESIDE}
    if head.dep_ in _BESIDE:
        near.add(head.head.i)
    return near | _in_apposition(doc, one) if head.tag_ in {"NN", "NNP"} else near


def _called_beside(doc: Doc, one: Referring) -> set[int]:
    """Return the word of a body's name in apposition to what it is: "the operator Norlin", "Norlin, a bank".

    Beside other nouns an organisation's name says whose it is: "the Norlin bank".
    """
    head = doc[one.head]
    if head.tag_ != "NN":
        return set()
    if head.dep_ == "appos":
        return {head.head.i}
    behind = [child.i for child in head.rights if child.dep_ == "appos" and first_word(child) >= one.end]
    # "telephoned the regulator Ines Pavlek", where the tree takes noun and name for two objects
    after = doc[one.end] if one.end < len(doc) else head
    twins = [after.i] if after.pos_ == "PROPN" and after.dep_ == head.dep_ and after.head == head.head else []
    return {place for place in (*behind, *twins) if _stands_right_behind(doc, one, place)}


def _stands_right_behind(doc: Doc, one: Referring, place: int) -> bool:
    """Say whether a name begins right behind a noun, or between commas: "A paper, Athens Tribune, said"."""
    first = first_word(doc[place])
    if first == one.end:
        return True
    last = place + 1
    while last < len(doc) and doc[last].ent_iob_ == "I":
        last += 1
    is_closed = last < len(doc) and doc[last].text in _CLOSING
    return first == one.end + 1 and doc[one.end].text == "," and is_closed


def _in_apposition(doc: Doc, one: Referring) -> set[int]:
    """Return the words beside which punctuation puts a singular noun phrase.

    "counterpart Shoigu"; "his counterpart, Valery Gerasimov,"; "Nikolai Patrushev, the secretary of …,".
    """
    places: set[int] = set()
    if one.end < len(doc):
        behind = one.end
        while behind + 1 < len(doc) and doc[behind].lower_ in titles():
            behind += 1  # "researcher Dr. Chiamaka Ruud"
        places.add(behind)
        comma = _comma_after(doc, one.end)
        if comma is not None and (doc[one.start].lower_ in _DEFINITE or _is_owned(doc[one.head])):
            end = comma + 1
            while end < len(doc) and doc[end].ent_iob_ == ("B" if end == comma + 1 else "I"):
                end += 1
            if end < len(doc) and doc[end].text in _CLOSING:
                places.add(comma + 1)
    if one.start > 1 and doc[one.start - 1].text == ",":
        last = doc[one.head].right_edge.i
        closes = doc[last].text in _CLOSING or (last + 1 < len(doc) and _closes(doc[last + 1]))
        if closes and doc[one.start - 2].ent_type_ and doc[one.start - 2].sent == doc[one.head].sent:
            places.add(one.start - 2)
    return places


def _comma_after(doc: Doc, place: int) -> int | None:
    """Return the comma behind a noun, a short phrase of place passed over: "ambassador in Washington, "."""
    for comma in range(place, min(place + _REACH, len(doc) - 1)):
        if doc[comma].text == ",":
            return comma
        if doc[comma].pos_ not in {"ADP", "DET", "PROPN", "ADJ", "NOUN"}:
            return None
    return None


def _is_owned(noun: Token) -> bool:
    return any(child.dep_ == "nmod:poss" for child in noun.children)


def _closes(token: Token) -> bool:
    """Say whether an apposition may end before a word: "…, the secretary of the council stating that"."""
    return token.text in _CLOSING or token.tag_ == "VBG"


def _meant(doc: Doc, one: Referring, clusters: Sequence[Cluster], named: Sequence[Cluster]) -> Cluster | None:
    """Return the thing that a noun phrase takes up again, of all or of those that have names."""
    same = _without_other_lands(
        doc, one, [cluster for cluster in clusters if cluster.type == one.type and not cluster.is_named]
    )
    words = _words(doc, one)
    if (alike := _called_alike(doc, one, same)) is not None:
        return alike
    if not _is_definite(doc, one):
        return None
    noun = _noun(doc[one.head])
    called = [cluster for cluster in named if _may_be_called(doc, cluster, one, noun)]
    called = _of_no_other_land(doc, one, called)
    called = called or _ships(doc, one, clusters) or _children(doc, one, clusters)
    is_first = len(called) == 1 and all(one.start < other.start for other in called[0].mentions)
    if len(words) > 1 and (is_first or len(called) > 1):
        called = [cluster for cluster in called if _has_all_words(doc, cluster, words)]
    if len(called) > 1:
        called = [cluster for cluster in called if _is_near(doc, cluster, one)]
    if called:
        return called[0] if len(called) == 1 else None
    return (
        _generic(doc, one, clusters)
        or _taken_up(doc, one, same if len(words) == 1 and not _is_singled_out(doc[one.head]) else ())
        or _only_of_kind(doc, one, clusters)
    )


def _without_other_lands(doc: Doc, one: Referring, same: list[Cluster]) -> list[Cluster]:
    """Return the things without a name that a noun may mean: no ministry of another land.

    Of two governments only the one that alone was just spoken of is "the government".
    """
    if _noun(doc[one.head]) not in OF_EACH_LAND:
        return same
    if land_told(doc, one) is not None:
        is_new = is_told_behind(doc, one)
        same = _of_no_other_land(doc, one, same)
        return [cluster for cluster in same if not is_new or any(_lands(doc, cluster))]
    owned = [cluster for cluster in same if _is_called(doc, cluster, one) and _has_owner(doc, cluster)]
    if len(owned) < 2:
        return same
    last = doc[max(other.start for cluster in owned for other in cluster.mentions)].sent
    meant = [each for each in owned if any(last.start <= other.start < last.end for other in each.mentions)]
    is_one = len(meant) == 1 and _is_near(doc, meant[0], one)
    return [cluster for cluster in same if cluster not in owned or (is_one and cluster is meant[0])]


def _called_alike(doc: Doc, one: Referring, same: Sequence[Cluster]) -> Cluster | None:
    """Return what was called by the same words; of a land's bodies, whoever it was told to be of before."""
    words = _words(doc, one)
    if len(words) < 2 or doc[one.start].tag_ == "PRP$":  # whose it is, is not known yet: join_owned
        return None
    for cluster in same:
        if any(_words(doc, other) == words for other in cluster.mentions if other.kind == "nominal"):
            return cluster
    return _of_a_land(doc, one, same)


def _of_a_land(doc: Doc, one: Referring, same: Sequence[Cluster]) -> Cluster | None:
    """Return which land's body is meant: "Norway's central bank" by "the Norwegian central bank".

    By "the central bank" the last one spoken of.
    """
    if _noun(doc[one.head]) not in OF_EACH_LAND or doc[one.head].tag_ in PLURALS:
        return None
    land, own = land_told(doc, one), _own_words(doc, one)
    if not land and (doc[one.start].lower_ != "the" or len(own) != one.end - one.start - 1):
        return None
    alike = [
        cluster
        for cluster in same
        if any(own == _own_words(doc, each) for each in cluster.mentions if each.kind == "nominal")
        and (not land or land in _lands(doc, cluster))
    ]
    return max(alike, key=lambda cluster: max(other.start for other in cluster.mentions), default=None)


def _of_no_other_land(doc: Doc, one: Referring, clusters: list[Cluster]) -> list[Cluster]:
    """Return the things that are not told to be of other lands than a noun is: "the French president"."""
    if not clusters or (land := land_told(doc, one)) is None:
        return clusters
    return [cluster for cluster in clusters if not _is_of_another_land(doc, one, land, cluster)]


def _is_of_another_land(doc: Doc, one: Referring, land: Land, cluster: Cluster) -> bool:
    if cluster.type == "PRODUCT":
        return False
    told = list(_lands(doc, cluster))
    if one.type == "PERSON":
        return bool(told) and all(are_persons_apart(doc[one.head], land, other) for other in told)
    return bool(told) and all(land.is_apart_from(other) for other in told)


def _lands(doc: Doc, cluster: Cluster) -> Iterator[Land]:
    for one in (*cluster.mentions, *cluster.phrases):
        if one.kind == "nominal" and (land := land_told(doc, one)) is not None:
            yield land


def _has_owner(doc: Doc, cluster: Cluster) -> bool:
    return any(_lands(doc, cluster)) or any(
        _is_owned(doc[one.head]) for one in cluster.mentions if one.kind == "nominal"
    )


def _own_words(doc: Doc, one: Referring) -> list[str]:
    """Return a noun with what tells of which kind it is, without whose it is."""
    owners = {child.right_edge.i for child in doc[one.head].lefts if child.dep_ == "nmod:poss"}
    begin = max((place + 1 for place in owners if one.start <= place < one.head), default=one.start)
    return [
        _SPELLINGS.get(token.lower_, token.lower_)
        for token in doc[begin : one.end]
        if token.pos_ not in {"DET", "PUNCT", "SPACE"} and token.ent_type_ not in {"LOC", "NORP"}
    ]


def _named_for(doc: Doc, one: Referring, clusters: Sequence[Cluster]) -> Cluster | None:
    """Return the named thing before a noun whose name tells its kind by that noun."""
    noun = doc[one.head]
    found = [
        cluster
        for cluster in clusters
        if cluster.type == one.type
        and any(noun.lower_ in kind_words(name) for name in cluster.forms(doc))
        and any(other.start < one.start for other in cluster.mentions)
    ]
    return found[0] if len(found) == 1 else None


def _generic(doc: Doc, one: Referring, clusters: Sequence[Cluster]) -> Cluster | None:
    """Return what "the company" means: the one named thing of that type just spoken of."""
    noun = _noun(doc[one.head])
    if noun not in _GENERIC.get(one.type, ()) or doc[one.head].tag_ != "NN" or one.end - one.start != 2:
        return None
    near = [
        cluster
        for cluster in clusters
        if cluster.type == one.type and cluster.is_named and _is_near(doc, cluster, one)
    ]
    if len(near) != 1 or _is_introduced_since(doc, one, near[0]) or _is_told_more(doc[one.head]):
        return None
    if _stands_within(doc, one, near[0]):
        return None
    if one.type == "LOC":
        return near[0] if _is_country(doc, near[0]) == (noun in _STATES) else None
    return near[0] if noun == "agency" or not _is_public(doc, near[0]) else None


def _is_singled_out(noun: Token) -> bool:
    """Say whether a clause tells which one is meant, not yet told of: "the man who fled"."""
    return any(child.dep_ == "acl:relcl" and noun.doc[noun.i + 1].text != "," for child in noun.rights)


def _is_told_more(noun: Token) -> bool:
    """Say whether a noun has details behind it: "the town of Lund", "the company that he left"."""
    return any(child.dep_.partition(":")[0] in {"nmod", "acl"} for child in noun.rights)


def _stands_within(doc: Doc, one: Referring, named: Cluster) -> bool:
    """Say whether a noun cannot mean a name around it: "Norland, which has a base in the country"."""
    above = {token.i for token in doc[one.head].ancestors}
    return any(other.kind == "name" and other.head in above for other in named.mentions)


def _is_introduced_since(doc: Doc, one: Referring, named: Cluster) -> bool:
    """Say whether another of that noun came after a name: "Norvik asked a group of bakers. The group"."""
    last = max(other.start for other in named.mentions if other.start < one.start)
    alike = (token for token in doc[last : one.start] if _noun(token) == _noun(doc[one.head]))
    return any(child.lower_ in {"a", "an", "another"} for token in alike for child in token.lefts)


def _is_public(doc: Doc, body: Cluster) -> bool:
    """Say whether a body's name tells that it is no firm, party or club: "the Army", "Finance Committee"."""
    return any(name_words(name)[-1:][0] in BODIES_OF_STATE for name in body.forms(doc) if name_words(name))


def _is_country(doc: Doc, place: Cluster) -> bool:
    return any(name.removeprefix("the ").removeprefix("The ") in _countries() for name in place.forms(doc))


@cache
def _countries() -> frozenset[str]:
    return frozenset(row[0] for row in rows_of(LEXICONS / "countries.txt"))


def _taken_up(doc: Doc, one: Referring, clusters: Sequence[Cluster]) -> Cluster | None:
    """Return the thing without a name that was last called so."""
    called = [cluster for cluster in clusters if _is_called(doc, cluster, one)]
    return max(called, key=lambda cluster: max(other.start for other in cluster.mentions), default=None)


def _only_of_kind(doc: Doc, one: Referring, clusters: Sequence[Cluster]) -> Cluster | None:
    """Return the one named weapon of the kind that a noun tells."""
    of_kind = [cluster for cluster in clusters if _is_of_kind(doc, cluster, one)]
    return of_kind[0] if len(of_kind) == 1 else None


def _is_called(doc: Doc, cluster: Cluster, one: Referring) -> bool:
    """Say whether a thing without a name was called by the same noun, in the same number."""
    noun = doc[one.head]
    word, is_many = _noun(noun), noun.tag_ in PLURALS
    return any(_noun(each) == word and (each.tag_ in PLURALS) is is_many for each in cluster.called(doc))


def _is_of_kind(doc: Doc, cluster: Cluster, one: Referring) -> bool:
    """Say whether a noun tells a named weapon's kind: "the jet" for a Su-27, "the jets" for Su-27s."""
    if cluster.type != "PRODUCT":
        return False
    is_plural = doc[one.head].tag_ in {"NNS", "NNPS"}
    return any(
        name.endswith("s") == is_plural and _noun(doc[one.head]) in nouns_for(name)
        for name in cluster.forms(doc)
    )


def _is_definite(doc: Doc, one: Referring) -> bool:
    """Say whether a phrase has an article that points, or a post's country, and no details of its own."""
    details = [
        token
        for token in doc[one.start : one.head]
        if token.ent_type_ not in {"NORP", "LOC"} and token.lower_ not in _DEFINITE and not token.is_punct
    ]
    points = doc[one.start].lower_ in _DEFINITE
    if doc[one.head].tag_ in {"NNS", "NNPS"}:
        return points and not details and one.end - one.start == 2
    # "the US defence secretary": the words of a post are details that a person is known by.
    return points and (not details or one.type == "PERSON")


def _may_be_called(doc: Doc, cluster: Cluster, one: Referring, noun: str) -> bool:
    """Say whether "the <noun>" may mean a named thing: it is called so elsewhere, or its name says so."""
    if cluster.type == "NORP":
        return False
    own = doc[one.head]
    if any(
        _is_kind_of(_noun(head), noun)
        and _is_lesser(head) is _is_lesser(own)
        and _are_as_many(head, own, cluster)
        for head in cluster.called(doc)
    ):
        return cluster.type == one.type or cluster.type == "PRODUCT"
    return (
        cluster.type != "PERSON"
        and any(noun in kind_words(name) for name in cluster.forms(doc))
        and one.start > min(m.start for m in cluster.mentions)
    )


def _is_kind_of(narrow: str, wide: str) -> bool:
    """Say whether somebody called the one noun may be called the other: a novelist is "the writer"."""
    return narrow == wide or narrow in _KINDS.get(wide, ())


def _is_lesser(noun: Token) -> bool:
    """Say whether a post is not the post itself: "deputy mayor", "former finance minister"."""
    return any(token.lower_ in _LESSER for token in noun.doc[phrase_before(noun) : noun.i])


def _are_as_many(noun: Token, other: Token, cluster: Cluster) -> bool:
    """Say whether two nouns for a thing are alike in number: "the owners" are not "owner Ali Kaya"."""
    return cluster.type == "PRODUCT" or (noun.tag_ in PLURALS) is (other.tag_ in PLURALS)


def _ships(doc: Doc, one: Referring, clusters: Sequence[Cluster]) -> list[Cluster]:
    """Return the ships named before "the vessel": "HMS Victory", "the trawler Rosa Quint".

    None where something without a name is called so: a boat that one of them rammed.
    """
    before = [
        cluster for cluster in clusters if cluster.type == "PRODUCT" and cluster.mentions[0].start < one.start
    ]
    is_any = _noun(doc[one.head]) in _ANY_SHIP and doc[one.head].tag_ not in PLURALS
    if not is_any or any(not cluster.is_named and _is_called(doc, cluster, one) for cluster in before):
        return []
    return [
        cluster
        for cluster in before
        if any(name.split()[0] in HULLS for name in cluster.forms(doc))
        or (cluster.is_named and any(_noun(head) in _SHIPS for head in cluster.called(doc)))
    ]


def _children(doc: Doc, one: Referring, clusters: Sequence[Cluster]) -> list[Cluster]:
    """Return those named before "the baby" or "the girl" who were called a child, as "her son, Till".

    None where the article tells of other children: "two boys", "her second child".
    """
    noun = _noun(doc[one.head])
    if noun not in _CHILDREN or doc[one.head].tag_ in PLURALS:
        return []
    called = [
        (cluster, {_noun(head) for head in cluster.called(doc)} & (_CHILDREN | _OFFSPRING))
        for cluster in clusters
        if cluster.type == "PERSON" and min(other.start for other in cluster.mentions) < one.start
    ]
    told = {word for cluster, nouns in called if cluster.is_named for word in nouns}
    if any(
        nouns and not cluster.is_named and not nouns <= told and not _is_one_of_his(doc, cluster)
        for cluster, nouns in called
    ):
        return []
    genders = gendered_nouns()
    return [
        cluster
        for cluster, nouns in called
        if nouns
        and cluster.is_named
        and len({genders.get(word) for word in (noun, *nouns)} - {None}) < 2
        and (nouns & _CHILDREN or (noun != "child" and _is_near(doc, cluster, one)))  # sons grow up
    ]


def _is_one_of_his(doc: Doc, cluster: Cluster) -> bool:
    """Say whether a noun and its owner are all that a thing is called by: "his daughter", "daughter"."""
    return all(
        doc[one.head].tag_ not in PLURALS
        and all(doc[place].tag_ == "PRP$" for place in range(one.start, one.head))
        for one in cluster.mentions
    )


def _has_all_words(doc: Doc, cluster: Cluster, words: list[str]) -> bool:
    phrases = [one for one in (*cluster.mentions, *cluster.phrases) if one.kind == "nominal"]
    return any(set(words) <= set(_words(doc, one)) for one in phrases)


def _is_near(doc: Doc, cluster: Cluster, one: Referring) -> bool:
    """Say whether a thing was spoken of in the sentence or the one before: "the general" is the last one."""
    here = doc[one.head].sent
    since = doc[max(0, here.start - 1)].sent.start
    return any(since <= other.start < one.start for other in cluster.mentions)


def _noun(token: Token) -> str:
    lemma = token.lemma_.lower()
    return _SPELLINGS.get(lemma, lemma)


def _words(doc: Doc, one: Referring) -> list[str]:
    return [
        _SPELLINGS.get(token.lower_, token.lower_)
        for token in doc.tokens[one.start : one.end]
        if token.pos_ not in {"DET", "PUNCT", "SPACE"} and token.lower_ not in _DEFINITE
    ]
