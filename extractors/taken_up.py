"""Contents that only take up what was said before: "denied it", "rejected the accusation", "said he had not".

Such a content has no words of its own that could be met elsewhere; what it is about stands before it. Which
claim that is, is told by rules that rather give up: of whose claim it is called, the only one of the sentence
before, or one before that of the same voice that is about whoever answers it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from functools import cache
from typing import Literal, NamedTuple

from extractors.appended import answered
from extractors.drafts import Draft, words_of
from extractors.meanings import Meanings
from extractors.stance import NEGATIONS, cue_words, main_verb
from extractors.words import Doc, Token
from newsgraph.records import Attribution, Stance

_PRONOUNS = frozenset({"it", "this", "that"})
_PLURALS = frozenset({"them", "these", "those"})
_POINTING = frozenset({"the", "this", "that", "these", "those", "such", "any", "all", "both"})
_HELPERS = frozenset({"have", "do", "be"})
_SHORT = frozenset({"yes", "no", "so", "not"}) | NEGATIONS
_SUBJECTS = frozenset({"nsubj", "nsubj:outer"})
_REACH = 2  # sentences before, in which a claim about whoever answers it may stand
# Towards the claim: as the cue says; called false or true in the content's own words; "no such plan"; "he had
# (not)", which speaks of the thing itself, whether the claim was that it is so or not.
Verdict = Literal["as told", "false", "true", "such", "yes", "no"]
FLIPPED: Mapping[Stance, Stance] = {"asserts": "denies", "denies": "asserts", "undetermined": "undetermined"}


class Answer(NamedTuple):
    """What takes a claim up."""

    claim: int  # number of the attribution that made it
    verdict: Verdict = "as told"
    says_more: bool = False  # "the claim was absurd and that they would sue"

    def stance(self, cue: Stance, *, is_negated: bool) -> Stance:
        """Return what somebody thinks of a claim without its negation.

        Args:
            cue: His stance by his cue towards what he takes up.
            is_negated: Whether the claim is negated in its own words.
        """
        if self.verdict in {"yes", "no"}:
            return FLIPPED[cue] if self.verdict == "no" else cue
        own = "denies" if self.verdict == "false" else FLIPPED[cue] if self.verdict == "such" else cue
        return FLIPPED[own] if is_negated else own


def answers(
    doc: Doc, drafts: Sequence[Draft], attributions: Sequence[Attribution], meanings: Meanings
) -> dict[int, Answer]:
    """Return of each attribution that only takes up another's content which one that is.

    Args:
        doc: With trees.
        drafts: Of each attribution, its words.
        attributions: Their records, in the same order.
        meanings: Which entity a word means.
    """
    article = _Article(doc, drafts, attributions, meanings)
    found: dict[int, Answer] = {}
    for number in article.in_order:
        if (answer := article.answer(number, found)) is not None:
            found[number] = answer
    return found


class _Article:
    def __init__(
        self,
        doc: Doc,
        drafts: Sequence[Draft],
        attributions: Sequence[Attribution],
        meanings: Meanings,
    ) -> None:
        self.doc, self.drafts, self.attributions, self.meanings = doc, drafts, attributions, meanings
        self.in_order = sorted(range(len(drafts)), key=self.place)
        self._rank = {number: rank for rank, number in enumerate(self.in_order)}
        self.tokens = doc.tokens
        told = {place for one in drafts for place in (*one.cue, *one.content)}
        starts = sorted({sent.start for sent in {self.tokens[place].sent for place in told}})
        self._sentence = {start: number for number, start in enumerate(_all_starts(doc, starts))}

    def place(self, number: int) -> int:
        """Return where an attribution is told: its cue, else its content."""
        draft = self.drafts[number]
        return draft.cue[0] if draft.cue else draft.content[0]

    def answer(self, number: int, found: Mapping[int, Answer]) -> Answer | None:
        content = [self.tokens[place] for place in words_of(self.doc, self.drafts[number].content)]
        if not content:
            return None
        if _is_elliptic(content):
            asked = [one for one in self._before(number, 0) if self._is_question(one)]
            claims = asked or [one for one in self._before(number, _REACH) if self._is_claim(one, found)]
            chosen = asked[0] if len(asked) == 1 else self._near(number, claims, found)
            verdict: Verdict = "no" if any(token.lower_ in NEGATIONS for token in content) else "yes"
            return None if chosen is None else Answer(self._target(chosen, found), verdict)
        if (inner := self._inner(number)) is not None:
            return Answer(inner) if self._takes_a_stance(number) else None
        taken = self._relative(number, content) or _taken_up(content)
        if taken is None:
            return None
        noun, verdict = taken
        claims = self._claims_before(number, noun, found)
        is_judged = verdict in {"true", "false"} and noun.lower_ in _PRONOUNS
        chosen = self._chosen(number, noun, claims, found, is_judged=is_judged)
        if chosen is None:
            return None
        if verdict == "as told" and not self._takes_a_stance(number):
            return None
        own = self.attributions
        if (
            own[chosen].stance == "denies"
            and own[number].stance == "asserts"
            and verdict in {"as told", "true"}
        ):
            return None  # "Roe denied it. Falk confirmed that": the denial, or what is denied?
        says_more = any(token.dep_ == "conj" for token in content)
        return Answer(self._target(chosen, found), verdict, says_more)

    def _claims_before(self, number: int, noun: Token, found: Mapping[int, Answer]) -> list[int]:
        """Return the claims that a noun or pronoun may take up."""
        claims = [one for one in self._before(number, _REACH) if self._is_claim(one, found)]
        cue = {self.doc[place].lemma_.lower() for place in self.drafts[number].cue}
        if cue & cue_words()["refusing"]:
            claims = [one for one in claims if one in found or not self._is_to_come(one)]
        if noun.lemma_.lower() in cue_words()["of_bodies"]:
            return [one for one in claims if not self._is_persons(one)]
        if noun.lemma_.lower() in {"figure", "estimate"}:
            return [
                one for one in claims if any(self.doc[at].tag_ == "CD" for at in self.drafts[one].content)
            ]
        return claims

    def _target(self, number: int, found: Mapping[int, Answer]) -> int:
        """Return the claim itself, of an answer what it answers."""
        return found[number].claim if number in found else number

    def _inner(self, number: int) -> int | None:
        """Return the claim of a content that names one and tells it: "denied reports that they met"."""
        content = set(self.drafts[number].content)
        head = main_verb([self.tokens[place] for place in self.drafts[number].content])
        if head is None or head.pos_ != "NOUN" or head.lemma_.lower() not in _claim_nouns():
            return None
        own = [
            one
            for one, draft in enumerate(self.drafts)
            if head.i in draft.cue and one != number and set(draft.content) < content
        ]
        return own[0] if len(own) == 1 else None

    def _relative(self, number: int, content: Sequence[Token]) -> tuple[Token, Verdict] | None:
        """Return the noun before its cue that is answered: "an account that the firm rejected as absurd".

        Of "accused them of theft, a charge that they denied" it is the content, or its end.
        """
        cue = [self.doc[place] for place in self.drafts[number].cue]
        if (noun := next(answered(cue), None)) is not None and content[-1] == noun:
            return noun, "as told"
        verbs = [token for token in cue if token.dep_ == "acl:relcl"]
        if not verbs or "as" not in {content[0].lower_, cue[-1].lower_}:
            return None
        return (verbs[0].head, "as told") if verbs[0].head.lemma_.lower() in _claim_nouns() else None

    def _chosen(
        self,
        number: int,
        noun: Token,
        claims: Sequence[int],
        found: Mapping[int, Answer],
        *,
        is_judged: bool,
    ) -> int | None:
        """Return the claim that is taken up by a noun or pronoun.

        ``is_judged``: it is called true or false, "It is a lie", and need not stand right behind the claim.
        """
        owners = [child for child in noun.children if child.dep_ == "nmod:poss"]
        if owners:
            owner = self.meanings.entity_at(owners[0])
            theirs = [one for one in claims if owner is not None and self._speaker(one) == f"e{owner}"]
            return theirs[-1] if theirs else None
        who = self._who(number)
        # Nobody answers himself, but he may answer once more.
        others = [one for one in claims if one in found or not self._is_same_voice(one, number)]
        about = [
            one
            for one in others
            if self._speaker(one) not in who and who & self._entities(self.drafts[one].content)
        ]
        if named := [one for one in others if noun.pos_ == "NOUN" and self._is_told_as(one, noun)]:
            return named[-1]  # "had promised that … She looked at him. He denied any such promise"
        near = self._told_last(number, others)
        chosen = self._only(near or (others if is_judged else []), found)
        near = near or ([chosen] if chosen is not None else [])
        if near and chosen not in about:  # "accused Norway. “They lie,” she said. Norway denied it."
            same = [one for one in about if {self._speaker(one)} == {self._speaker(other) for other in near}]
            return same[-1] if same else chosen
        return chosen if near else about[-1] if about and noun.lower_ in _PRONOUNS else None

    def _is_told_as(self, number: int, noun: Token) -> bool:
        """Say whether a claim is told by the verb of a noun: "had promised him" by "such a promise"."""
        told = (self.doc[place] for place in (*self.drafts[number].cue, *self.drafts[number].content))
        return any(one.pos_ == "VERB" and one.lemma_.lower() == noun.lemma_.lower() for one in told)

    def _near(self, number: int, claims: Sequence[int], found: Mapping[int, Answer]) -> int | None:
        """Return the one claim of the sentence before, or of the same if something is said in it before."""
        return self._only(self._told_last(number, claims), found)

    def _only(self, claims: Sequence[int], found: Mapping[int, Answer]) -> int | None:
        return claims[-1] if len({self._target(one, found) for one in claims}) == 1 else None

    def _told_last(self, number: int, claims: Sequence[int]) -> list[int]:
        distance = 1 if self._opens(number) else 0
        return [one for one in claims if self._distance(one, number) == distance]

    def _takes_a_stance(self, number: int) -> bool:
        """Say whether somebody holds a thing true or false, and does not only speak of it: "cited it"."""
        lemmas = {self.doc[place].lemma_.lower() for place in self.drafts[number].cue}
        return self.attributions[number].stance != "asserts" or bool(lemmas & cue_words()["confirming"])

    def _opens(self, number: int) -> bool:
        """Say whether an attribution is the first of its sentence."""
        return not self._before(number, 0)

    def _before(self, number: int, reach: int) -> list[int]:
        """Return the attributions told before another, in its sentence and so many before, in their order."""
        cue, before = set(self.drafts[number].cue), list[int]()
        for one in reversed(self.in_order[: self._rank[number]]):
            if self._distance(one, number) > reach:
                break
            if self.place(one) < self.place(number) and cue.isdisjoint(self.drafts[one].content):
                before.append(one)
        return before[::-1]

    def _distance(self, one: int, other: int) -> int:
        left, right = (self._sentence[self.doc[self.place(number)].sent.start] for number in (one, other))
        return right - left

    def _is_question(self, number: int) -> bool:
        content = self.drafts[number].content
        return bool(content) and self.doc[content[0]].lower_ in {"whether", "if"}

    def _is_claim(self, number: int, found: Mapping[int, Answer]) -> bool:
        """Say whether something is said that can be denied: a clause or what somebody is accused of."""
        if number in found:
            return True
        if self.attributions[number].stance == "undetermined" or self._is_asked_for(number):
            return False
        words = [self.doc[place] for place in words_of(self.doc, self.drafts[number].content)]
        return any(one.pos_ in {"VERB", "AUX"} for one in words) and words[0].lower_ != "to"

    def _is_asked_for(self, number: int) -> bool:
        return any(
            self.doc[place].lemma_.lower() in cue_words()["asking"] for place in self.drafts[number].cue
        )

    def _is_to_come(self, number: int) -> bool:
        """Say whether a content tells of what shall be: whoever rejects that need not deny it."""
        main = main_verb([self.doc[place] for place in self.drafts[number].content])
        return main is not None and any(child.tag_ == "MD" for child in main.children)

    def _speaker(self, number: int) -> str | None:
        return self.attributions[number].speaker

    def _is_persons(self, number: int) -> bool:
        """Say whether a person makes a claim: nobody's word is a finding or a verdict."""
        speaker = self.meanings.speaker_of(self.drafts[number])
        return speaker is not None and self.meanings.clusters[speaker].type == "PERSON"

    def _is_same_voice(self, one: int, other: int) -> bool:
        return self._speaker(one) is not None and self._speaker(one) == self._speaker(other)

    def _who(self, number: int) -> Set[str]:
        """Return who answers, and whose he is: "the firm's lawyer", "Borgou's government"."""
        speaker = self._speaker(number)
        return self._entities(self.drafts[number].source) | ({speaker} if speaker else set())

    def _entities(self, places: Sequence[int]) -> Set[str]:
        numbers = (self.meanings.entity_at(self.doc[place]) for place in places)
        return {f"e{number}" for number in numbers if number is not None}


@cache
def _claim_nouns() -> frozenset[str]:
    return cue_words()["sayings"] | cue_words()["claims"]


def _all_starts(doc: Doc, starts: Sequence[int]) -> Iterator[int]:
    """Yield the starts of all sentences from the first to the last of some."""
    if starts:
        place = starts[0]
        while place <= starts[-1]:
            yield place
            place = doc[place].sent.end


def _is_elliptic(content: Sequence[Token]) -> bool:
    """Say whether a content answers a question without its words: "he had not", "it did", "no"."""
    if len(content) == 1:
        return content[0].lower_ in {"yes", "no"}
    if content[0].lower_ in {"whether", "if"}:
        return False
    is_short = all(
        token.pos_ in {"PRON", "SCONJ"} or token.lower_ in _SHORT or _is_helper(token) for token in content
    )
    return is_short and any(map(_is_helper, content))


def _is_helper(token: Token) -> bool:
    return token.pos_ == "AUX" or token.lemma_.lower() in _HELPERS


def _taken_up(content: Sequence[Token]) -> tuple[Token, Verdict] | None:
    """Return the word by which a content takes a claim up, and what it says of it; None if it does not.

    "it", "the accusation", "that as absurd"; "the accusation was without foundation"; "not true".
    """
    inside = {token.i for token in content}
    head = main_verb(content)
    if head is None:
        return None
    such = [token for token in content if token.lower_ == "such" and token.i < token.head.i]
    if such and _only_exists(head, such[0].head):  # "denied that such a request had been made"
        return such[0].head, "such" if any(token.lower_ in NEGATIONS for token in content) else "as told"
    subjects = [child for child in head.children if child.dep_ in _SUBJECTS and child.i in inside]
    if (verdict := _verdict(head)) is not None and (subjects or _is_bare(content)):
        return (
            ((subjects or [head])[0], verdict) if not subjects or _points_back(subjects[0], inside) else None
        )
    first, rest = content[0], [token for token in content[1:] if token.pos_ not in {"DET", "ADV"}]
    if first.lower_ in _PRONOUNS | _PLURALS and first.pos_ == "PRON":
        is_judged = bool(rest) and (rest[0].lower_ == "as" or rest[0].lemma_.lower() in cue_words()["false"])
        return (first, "as told") if is_judged or (not rest and first.lower_ in _PRONOUNS) else None
    return (head, "as told") if _points_back(head, inside) and not subjects else None


def _verdict(head: Token) -> Verdict | None:
    """Return whether a word calls something true or false."""
    is_negated = any(child.lower_ in NEGATIONS for child in head.children)
    joined = {
        child.lemma_.lower() for child in head.rights if child.dep_ == "conj" and child.pos_ == head.pos_
    }
    if joined & cue_words()["false"] and not is_negated and not any(head.lemma_ == one for one in joined):
        return "false"  # "unfair and untrue"
    if head.lemma_.lower() in cue_words()["true"]:
        return "false" if is_negated else "true"
    is_without = head.lemma_.lower() in cue_words()["without"] and any(
        child.lower_ == "without" for child in head.lefts
    )
    return "false" if is_without or (head.lemma_.lower() in cue_words()["false"] and not is_negated) else None


def _is_bare(content: Sequence[Token]) -> bool:
    """Say whether a content is nothing but a word that calls something true or false: "Not true"."""
    return all(
        token.pos_ in {"ADV", "PART", "DET", "ADJ", "INTJ"} or token == content[-1] for token in content
    )


def _only_exists(head: Token, noun: Token) -> bool:
    """Say whether of a noun it is only said that there is such a thing."""
    return noun == head or (noun.head == head and head.lemma_.lower() in cue_words()["existing"])


def _points_back(noun: Token, inside: Set[int]) -> bool:
    """Say whether a phrase names a claim told before: "the charges", "its account", not "a report that"."""
    if noun.lower_ in _PRONOUNS and noun.pos_ == "PRON":
        return True
    if noun.pos_ != "NOUN" or noun.lemma_.lower() not in _claim_nouns():
        return False
    is_told = any(
        child.dep_ in {"acl", "ccomp", "nmod", "acl:relcl"} and child.i in inside for child in noun.children
    )
    marked = any(child.dep_ == "nmod:poss" or child.lower_ in _POINTING for child in noun.children)
    return marked and not is_told
