"""Which entity of the article a word means: of a title the name beside it, of "who" the noun before it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extractors.clauses import Party, obliques, preposition_of
from extractors.clusters import Cluster
from extractors.coordination import first_word
from extractors.drafts import Draft
from extractors.mentions import THIRD_PERSONS
from extractors.name_types import given_names
from extractors.nouns import minor_nouns, nominal_types, roles_of_posts, singular, titles
from extractors.passing import name_given
from extractors.sources import subject_in
from extractors.spans import name_around
from extractors.words import Doc, Token

_VALUES = frozenset({"DATE", "MONEY"})
_ACTORS = frozenset({"PERSON", "ORG", "PRODUCT"})
# Nouns behind a name that say what kind of thing it is: "the Red Lantern gang".
_KINDS = frozenset(
    {
        *(
            "gang",
            "group",
            "company",
            "firm",
            "party",
            "movement",
            "militia",
            "newspaper",
            "magazine",
            "agency",
        ),
        *(
            "airline",
            "bank",
            "club",
            "team",
            "band",
            "charity",
            "union",
            "network",
            "frigate",
            "corvette",
            "ship",
        ),
        *(
            "ferry",
            "trawler",
            "tanker",
            "destroyer",
            "submarine",
            "cartel",
            "brigade",
            "battalion",
            "regiment",
        ),
    }
)
_PLACES = frozenset(
    {
        *("city", "town", "village", "port", "island", "region", "province", "district", "suburb", "state"),
        *("republic", "county", "peninsula", "capital", "hamlet", "municipality", "settlement"),
    }
)
# Who hits a part hits the whole.
_PARTS = frozenset(
    {
        *(
            "propeller",
            "wing",
            "camera",
            "hull",
            "deck",
            "rotor",
            "engine",
            "tail",
            "fuselage",
            "bow",
            "stern",
        ),
        *("cockpit", "roof", "mast", "turret", "nose", "wingtip", "rudder", "bridge", "facade", "wall"),
    }
)
_HOUSES = frozenset({"ORG", "FAC"})
_BEHIND_NAME = 4  # words in which a name's place stands: "the Orsay Museum in the heart of Lund"
_ANY_BODY = frozenset({"company", "firm", "business", "corporation", "organisation", "organization", "group"})
_FAR = 80  # words behind a name after which "the company" may be another that was named since
_BUILT = frozenset({"PRODUCT", "FAC"})
_SOME = frozenset({"one", "some", "most", "all", "both", "several", "many", "none", "each", "either"})
_SHARES = frozenset({"half", "third", "quarter", "majority", "part"})
_TOLD_BY_NAMES = _PLACES | _KINDS
_SOME_OF = _SOME | _SHARES
_BESIDE = frozenset({"appos", "xcomp", "compound", "nmod"})  # how a name may hang on its noun
_ATTENDED = frozenset(
    {"office", "court", "school", "college", "university", "church", "prison", "jail", "hospital"}
)
_CROWDS = frozenset(
    {"hundred", "thousand", "dozen", "score", "million", "handful", "couple", "number", "crowd"}
)
_STREETS = frozenset({"street", "avenue", "road", "boulevard", "lane", "square", "highway", "alley"})
_BODIES_AND_PLACES = frozenset({"ORG", "LOC", "NORP"})
_BEFORE_GENERAL = frozenset(
    {"attorney", "solicitor", "surgeon", "secretary", "inspector", "governor", "director"}
)
_FIRST_WORDS = frozenset({"New", "San", "Saint", "St.", "Los", "Las"})
_STANDING = frozenset(
    {"board", "delegation", "leadership", "management", "team", "squad", "convoy", "column", "patrol"}
)  # for who sends them


class Meanings:
    """Which entity a word means."""

    def __init__(self, doc: Doc, clusters: Sequence[Cluster]) -> None:
        self.doc = doc
        self.clusters = clusters
        self._at: dict[int, int] = {}  # head word of a mention -> entity
        self._around: dict[int, int] = {}  # any word of a name -> entity
        self._meant: dict[int, int | None] = {}  # as entity_at gave it
        for number, cluster in enumerate(clusters):
            for one in cluster.mentions:
                self._at.setdefault(one.head, number)
                if one.kind == "name":
                    for place in range(one.start, one.end):
                        self._around.setdefault(place, number)

    def entity_at(self, token: Token) -> int | None:
        """Return the entity that a phrase means by its head: a name beside a title goes before the title."""
        place = token.i
        if place not in self._meant:
            self._meant[place] = self._entity_at(token)
        return self._meant[place]

    def _entity_at(self, token: Token) -> int | None:
        own = self._around.get(token.i)
        if own is not None and self.clusters[own].type == "PERSON":
            return own
        called = own if own is not None else self._at.get(token.i)
        if called is None and not token.children and _means_nothing_alone(token):
            return None
        is_thing = called is not None and self.clusters[called].type != "PERSON"
        is_of_body = is_thing and any(child.dep_ == "case" for child in token.lefts)
        links = ("flat",) if is_of_body else ("flat", "appos")
        for child in self._beside(token):
            # "the head of the guild, Roe" is not the guild, though the tree hangs Roe on it.
            if (
                child.dep_ in links
                and (number := self._around.get(child.i)) is not None
                and self.clusters[number].type == "PERSON"
                and not _is_apart(child)
            ):
                return number
        number = self._at.get(token.i, self._around.get(token.i))
        if number is None or not self.clusters[number].is_named or token.i not in self._around:
            beside = self._name_beside(token, None if number is None else self.clusters[number].type)
            number = number if beside is None else beside
        if number is None and token.dep_ == "flat" and token.head != token:
            return self.entity_at(token.head)
        return self._name_behind(token, number)

    def _name_behind(self, token: Token, number: int | None) -> int | None:
        """Return the person whose name stands right behind what he is, where the tree parts the two.

        "met the candidate Ann Roe" with two objects.
        """
        if number is None or token.i in self._around or token.tag_ in {"NNS", "NNPS"}:
            return number
        place = token.i + 1
        while place < len(self.doc) and self._goes_with(token, place) and place not in self._around:
            place += 1
        if place >= len(self.doc) or not self._goes_with(token, place) or self.clusters[number].is_named:
            return number
        named = self._around.get(place)
        is_person = named is not None and self.clusters[named].type == self.clusters[number].type == "PERSON"
        return named if is_person else number

    def _goes_with(self, token: Token, place: int) -> bool:
        other = self.doc[place]
        return other.pos_ == "PROPN" and other.head is token.head and other.dep_ == token.dep_

    def _beside(self, token: Token) -> Iterator[Token]:
        """Yield a noun's dependents, and those of a noun in apposition to it."""
        for child in token.children:
            yield child
            if child.dep_ == "appos" and child.i not in self._around:
                yield from child.children
            if child.dep_ == "nmod":  # "the head of the guild, Roe", which the tree hung on the guild
                yield from (
                    one for one in child.children if one.dep_ == "appos" and self._is_person_noun(token)
                )

    def _name_beside(self, token: Token, kind: str | None) -> int | None:
        """Return the name that a noun stands beside: "its owner, Halvard Metals", "the town of Lund".

        Args:
            token: The noun.
            kind: The type of thing that the noun means by itself; the name must be of the same.
        """
        noun = token.lemma_.lower()
        given = name_given(token)
        for child in token.children if given is None else (*token.children, given):
            if child.dep_ not in _BESIDE:
                continue
            is_beside = (child.dep_ in {"appos", "xcomp"} and not _is_apart(child)) or (
                child.dep_ == "compound" and (noun in _KINDS or self._is_craft(child))
            )
            is_place = (
                child.dep_ == "nmod" and noun in _PLACES and any(one.lower_ == "of" for one in child.children)
            )
            number = self._around.get(child.i) if is_beside or is_place else None
            if number is not None and (
                kind in {None, self.clusters[number].type}
                or (child.dep_ == "appos" and noun in minor_nouns() and self.clusters[number].type in _ACTORS)
            ):
                return number
        is_behind = token.dep_ == "appos" and kind is not None and token.tag_ != "NNS"  # "Lund, groups that"
        number = self._around.get(token.head.i) if is_behind else None
        is_alike = number is not None and (self.clusters[number].type == kind or noun in minor_nouns())
        if is_alike and kind != "FAC":  # not "the hospital, the depot and the school"
            return number
        is_kind = noun in _TOLD_BY_NAMES
        return self._name_before(token) if is_kind or kind not in {None, "PERSON"} else None

    def _name_before(self, token: Token) -> int | None:
        """Return the name before a comma: "in Karlyk, the town in which", whatever the tree makes of it."""
        first = first_word(token)
        if first < token.sent.start + 2 or token.doc[first - 1].text != ",":
            return None
        number, article = self._around.get(first - 2), token.doc[first].lower_
        if number is None or (self.clusters[number].type == "LOC" and token.lemma_.lower() not in _PLACES):
            return None  # "In Lund, a bomb killed"
        if article in {"a", "an"}:  # "the Harpax, a missile made by": of whatever type it was taken for
            return number
        wanted = "LOC" if token.lemma_.lower() in _PLACES else "ORG"
        is_kind = token.lemma_.lower() in _TOLD_BY_NAMES
        return number if article == "the" and is_kind and self.clusters[number].type == wanted else None

    def _is_person_noun(self, token: Token) -> bool:
        number = self._at.get(token.i)
        return number is not None and self.clusters[number].type == "PERSON"

    def _is_craft(self, token: Token) -> bool:
        number = self._around.get(token.i)
        return number is not None and self.clusters[number].type == "PRODUCT"

    def _whole_of(self, token: Token) -> int | None:
        """Return what a part or a number is of: "the drone's propeller", "one of the two Su-27s"."""
        if token.lemma_.lower() in _PARTS:
            wholes = [child for child in token.children if child.dep_ == "nmod:poss"] + obliques(token, "of")
            found = (self.entity_at(noun_meant(one)) for one in wholes)
            return next((one for one in found if one is not None and self.clusters[one].type in _BUILT), None)
        if token.lower_ in _SOME_OF or token.pos_ == "NUM" or token.lemma_.lower() in _CROWDS:
            wholes = obliques(token, "of")
            if token.lower_ == "both" and any(one.pos_ == "PRON" for one in wholes):
                return None  # two, and "them" may be a crowd
            found = (self.entity_at(one) for one in wholes)
            return next((one for one in found if one is not None), None)
        return None

    def party_at(self, token: Token) -> Party | None:
        if _is_bare(token) or self._is_cut(token) or _is_rest_of_title(token):
            return None
        number = self.entity_at(token)
        if number is None:
            number = self._whole_of(token)
        if (number is None or not self.clusters[number].is_named) and token.lemma_.lower() in _STANDING:
            within = [child for word in ("of", "from") for child in obliques(token, word)]
            named = (self._around.get(child.i) for child in within)
            number = next((one for one in named if one is not None), number)
        if number is None or self.clusters[number].type in _VALUES or self._is_another(token, number):
            return None
        if self._is_odd(token, self.clusters[number]):
            return None
        return Party(number, self.clusters[number].type, self.clusters[number].is_named, token.i)

    def _is_odd(self, token: Token, thing: Cluster) -> bool:
        """Say whether a pronoun can hardly mean what it is taken for: "they" for one, "she" for Carl Roe.

        Nor does a name that is only the first word of one, "New", mean anything.
        """
        if not thing.is_named:
            return False
        first = name_around(self.doc, token.i).start
        if thing.type == "ORG" and token.ent_type_ and first > 0 and self.doc[first - 1].lower_ in titles():
            return True  # "Mrs. Clinton" is no body
        names = thing.forms(self.doc)
        if all(name in _FIRST_WORDS for name in names):
            return True
        kind = THIRD_PERSONS.get(token.lower_)
        if thing.type != "PERSON" or kind not in {"male", "female", "many"}:
            return False
        told = {given_names().get(name.split()[0].lower()) for name in names if " " in name} - {None}
        return kind == "many" or (bool(told) and kind not in told)

    def _is_cut(self, token: Token) -> bool:
        """Say whether a name is part of a longer word: "Coca" of "Coca-Cola", "Texas" of "R-Texas"."""
        doc, around = self.doc, name_around(self.doc, token.i)
        if not token.ent_type_:
            return False
        if token.ent_type_ != "PERSON" and _tells_whose_people(doc, around):
            return True
        if token.dep_ == "flat" and token.ent_type_ in _BODIES_AND_PLACES and _is_modifier(doc, around):
            return True
        is_behind = around.start > 1 and _is_hyphen(doc[around.start - 1])
        begins = is_behind and (len(doc[around.start - 2]) == 1 or token.tag_ == "NNPS")  # "Cuban-Americans"
        is_joined = around.stop + 1 < len(doc) and _is_hyphen(doc[around.stop])
        return begins or (
            is_joined
            and (doc[around.stop + 1].is_title or doc[around.stop + 1].text.isupper())
            and doc[around.stop + 1].ent_iob_ == "O"
        )

    def _is_another(self, noun: Token, number: int) -> bool:
        """Say whether a noun cannot mean the name it is taken for: "the judges" are not Judge Roe."""
        thing = self.clusters[number]
        own = self._at.get(noun.i) == number and noun.i not in self._around
        if own and thing.type == "LOC" and noun.lemma_.lower() in _PLACES and self._is_street(thing):
            return True  # "the city" is not Broad Street
        is_many = own and noun.tag_ == "NNS" and thing.type in {"PERSON", "LOC"} and thing.is_named
        is_other = is_many or (
            own and (self._is_before_its_name(noun, thing) or self._is_behind_others(noun, thing))
        )
        if is_other and not any(child.i in self._around for child in self._beside(noun)):
            return True
        return self._is_elsewhere(noun, number)

    def _is_street(self, thing: Cluster) -> bool:
        names = thing.forms(self.doc)
        return bool(names) and all(name.split()[-1].lower() in _STREETS for name in names)

    def _is_before_its_name(self, noun: Token, thing: Cluster) -> bool:
        """Say whether "the airline" stands before the only airline that it is taken for has been named.

        Then it may as well be the firm that was named before. Openings call people so: "The sheriff".
        """
        if thing.type not in _HOUSES or not thing.is_named:
            return False
        names = [one.start for one in thing.mentions if one.kind == "name"]
        return _is_definite(noun) and noun.sent.start > 0 and min(names, default=0) >= noun.sent.end

    def _is_behind_others(self, noun: Token, thing: Cluster) -> bool:
        """Say whether other bodies have been named since the one that "the company" is taken for."""
        is_bare = noun.lemma_.lower() in _ANY_BODY and noun.i + 1 not in self._around
        if thing.type != "ORG" or not thing.is_named or not (is_bare and _is_definite(noun)):
            return False
        last = max((one.end for one in thing.mentions if one.kind == "name" and one.end <= noun.i), default=0)
        since = (
            one.start
            for other in self.clusters
            if other is not thing and other.type == "ORG"
            for one in other.mentions
            if one.kind == "name"
        )
        return noun.i - last > _FAR and any(last <= start < noun.i for start in since)

    def _is_elsewhere(self, noun: Token, number: int) -> bool:
        """Say whether a noun is told from others by a place that nothing tells of the name it is taken for.

        "The museum in Lyon" behind the British Museum is another one.
        """
        thing = self.clusters[number]
        is_open = thing.is_named and thing.type in _HOUSES and noun.i not in self._around
        if not is_open or not _is_definite(noun):
            return False
        places = {self._around.get(one.i) for word in ("in", "at", "near") for one in obliques(noun, word)}
        if not any(place is not None and self.clusters[place].type == "LOC" for place in places):
            return False
        names = [one for one in thing.mentions if one.kind == "name"]
        near = (
            place for one in names for place in range(one.start, min(one.end + _BEHIND_NAME, len(self.doc)))
        )
        return not places & {self._around.get(place) for place in near} - {None}

    def speaker_of(self, draft: Draft) -> int | None:
        """Return the entity that speaks: what the cue's subject means, else what the source is about."""
        subject = subject_in(self.doc, draft.cue, draft.source)
        if subject is not None and (number := self.entity_at(noun_meant(subject))) is not None:
            is_other = self._is_another(noun_meant(subject), number)
            return None if is_other or self.clusters[number].type in _VALUES else number
        return self.entity_in(draft.source) if draft.source else None

    def is_himself(self, place: int, speaker: int | None) -> bool:
        """Say whether a word means, as "he" or "her", the speaker in whose own words it stands: it cannot."""
        kind = THIRD_PERSONS.get(self.doc[place].lower_)
        return kind in {"male", "female"} and speaker is not None and self._at.get(place) == speaker

    def entity_in(self, words: Sequence[int]) -> int | None:
        """Return the entity that a stretch of words is about: that of its head, else the only one in it."""
        inside = set(words)
        tops = [
            self.doc[place]
            for place in words
            if self.doc[place].head.i not in inside or self.doc[place].dep_ == "ROOT"
        ]
        for top in tops:
            if (number := self.entity_at(noun_meant(top))) is not None and self.clusters[
                number
            ].type not in _VALUES:
                return number
        if any(top.pos_ in {"NOUN", "NUM"} or top.lower_ in _SOME for top in tops):
            # "The clip, released by the ministry", "two of those named by it" are not the ministry.
            return None
        found = {self._around[place] for place in words if place in self._around}
        people = {number for number in found if self.clusters[number].type in {"PERSON", "ORG"}}
        return people.pop() if len(people) == 1 else None


def _means_nothing_alone(token: Token) -> bool:
    return token.dep_ != "flat" and token.lemma_.lower() not in _TOLD_BY_NAMES


def _is_apart(name: Token) -> bool:
    """Say whether a name is one of several, or of a noun in between, though the tree hangs it on the first.

    "exporters, among them Agrisol", "clubs such as Arkona", "two firms, Roe's and Falk's", "shareholders in
    the chain Brightwell".
    """
    before = name.doc[max(name.sent.start, name.left_edge.i - 2) : name.left_edge.i]
    if name.doc[first_word(name) - 1].text != "," and _is_behind_clause(name):
        return True
    around = name.doc[max(name.sent.start, name.left_edge.i - 2) : name.i]
    if {"among", "including", "such", "like"} & {one.lower_ for one in around}:
        return True
    if name.head.tag_ == "NNS" and any(child.dep_ == "conj" for child in name.children):
        return True  # "two retailers, Hallmond's and Greenacre"
    nearest = before[-1] if before else name
    return nearest.pos_ == "NOUN" and nearest.dep_ == "nmod" and nearest.head == name.head


def _is_behind_clause(name: Token) -> bool:
    """Say whether a clause parts a name from a noun: "the exile who founded the group Hilfe" is not Hilfe."""
    between = name.doc[name.head.i + 1 : name.i]
    return any(
        one.dep_ in {"acl", "acl:relcl"} and one.head == name.head and one.pos_ == "VERB" for one in between
    )


def _is_modifier(doc: Doc, around: range) -> bool:
    """Say whether a name behind "a" only tells more of the noun behind it: "a Unity Party mega-donor"."""
    behind = doc[around.stop : around.stop + 3]
    is_noun = bool(behind) and behind[0].pos_ == "NOUN" and not behind[0].ent_type_ and not behind[0].is_title
    return is_noun and around.start > 0 and doc[around.start - 1].lower_ in {"a", "an"}


def _tells_whose_people(doc: Doc, around: range) -> bool:
    """Say whether one of two joined names only tells whose people are meant: "House and Senate members"."""
    kind, behind = doc[around.start].ent_type_, around.stop
    while behind + 1 < len(doc) and doc[behind].lower_ == "and" and doc[behind + 1].ent_type_ == kind:
        behind = name_around(doc, behind + 1).stop
    is_joined = behind > around.stop or (
        around.start > 1 and doc[around.start - 1].lower_ == "and" and doc[around.start - 2].ent_type_ == kind
    )
    if not is_joined or behind >= len(doc) or doc[behind].tag_ != "NNS":
        return False
    noun = singular(doc[behind])
    return noun == "member" or nominal_types().get(noun) == "PERSON"


def _is_rest_of_title(token: Token) -> bool:
    """Say whether "general" only ends a title: "the attorney general", of which a tree makes two people."""
    return token.lower_ == "general" and token.i > 0 and token.nbor(-1).lower_ in _BEFORE_GENERAL


def _is_hyphen(token: Token) -> bool:
    """Say whether a word is a hyphen without a gap on either side."""
    return token.text == "-" and not token.whitespace_ and token.i > 0 and not token.nbor(-1).whitespace_


def _is_definite(noun: Token) -> bool:
    return any(child.lower_ == "the" for child in noun.lefts)


def _is_bare(noun: Token) -> bool:
    """Say whether a noun stands for what one does there or as such: "leave office", "ran for mayor"."""
    is_alone = noun.lemma_.lower() in _ATTENDED and noun.dep_ != "nsubj"
    is_post = noun.lemma_.lower() in roles_of_posts() and preposition_of(noun) in {"for", "as"}
    is_bare = noun.tag_ == "NN" and not any(child.dep_ != "case" for child in noun.lefts)
    return is_bare and (
        is_alone or (is_post and not any(child.dep_ in {"flat", "appos"} for child in noun.rights))
    )


def noun_meant(token: Token) -> Token:
    """Return the noun before a relative clause for its pronoun ("Milley, who said")."""
    if token.tag_ in {"WP", "WDT"}:
        clause = token.head
        while clause.dep_ in {"conj", "xcomp"} and clause.head != clause:
            clause = clause.head
        if clause.dep_ in {"acl:relcl", "acl"}:
            return clause.head
        if token.i > 1 and token.nbor(-1).text == "," and token.nbor(-2).ent_type_ == "PERSON":
            return token.nbor(-2)
    return token
