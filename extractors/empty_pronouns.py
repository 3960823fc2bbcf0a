"""Pronouns that stand for nothing by themselves: the "it" of "it is clear that", of weather and of time.

"It is time for them to go" is not said of the firm that was named last. And "himself" in "the minister
himself" stresses a phrase that is a mention already.
"""

from __future__ import annotations

from extractors.words import Token

_SUBJECTS = frozenset({"nsubj", "nsubj:outer"})
_FALLING = frozenset({"rain", "snow", "drizzle"})
_WEATHER = frozenset({"rainy", "snowy", "sunny", "cloudy", "overcast", "windy", "breezy", "foggy", "stormy"})
_CLOCK = frozenset({"a.m.", "p.m.", "pm", "o'clock", "o’clock", "noon", "midnight"})
_LASTING = frozenset({"minute", "hour", "day", "week", "month", "year", "decade", "century"})
_SINCE = frozenset({"since", "before", "until", "till", "between", "after", "from"})


def stands_for_nothing(pronoun: Token) -> bool:
    """Say whether a pronoun names nothing that could be gathered with other mentions."""
    if pronoun.dep_ == "nmod:unmarked":
        return pronoun.lower_.endswith(("self", "selves"))
    if pronoun.lower_ != "it":
        return False
    if pronoun.dep_ in _SUBJECTS:
        return _is_weather(pronoun.head) or _is_time(pronoun.head)
    return pronoun.dep_ == "expl" or pronoun.head.lower_ == "worth"  # "was it worth it?"


def _is_weather(said: Token) -> bool:
    is_falling = said.pos_ == "VERB" and said.lemma_.lower() in _FALLING
    return said.lower_ in _WEATHER or (is_falling and all(child.dep_ != "obj" for child in said.children))


def _is_time(said: Token) -> bool:
    """Say whether a predicate tells the time: "it is time to go", "it was two years before they met"."""
    children = list(said.children)
    if said.lower_ == "time":
        return not any(child.dep_ in {"det", "nmod:poss"} for child in children)
    if said.lower_ in _CLOCK or (said.pos_ == "NUM" and any(child.lower_ in _CLOCK for child in children)):
        return True
    is_counted = said.lemma_.lower() in _LASTING and any(child.dep_ == "nummod" for child in children)
    return is_counted and any(
        one.lower_ in _SINCE for child in children for one in child.lefts if one.dep_ in {"case", "mark"}
    )
