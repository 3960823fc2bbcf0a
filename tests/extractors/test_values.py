"""Amounts of a relation: on trees by hand, on the shipped pipeline, and numbers in words."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extractors.pipeline import load_pipeline
from extractors.values import Amount, money_of, number_of, values_at
from tests.extractors.trees import tree

PARTIES = {"nsubj", "nsubj:pass", "obj", "iobj", "obl:agent"}


@pytest.fixture(scope="module")
def nlp():
    return load_pipeline()


def amounts(doc, verb):
    """Return what belongs to the relation of the verb and those that hang on it, the spans as text."""
    [place] = [token.i for token in doc if token.text == verb]
    parties = [child.i for child in doc[place].children if child.dep_ in PARTIES]
    found = values_at(doc, place, parties)
    return [(one.amount, one.unit, one.bound, doc[one.start : one.end].text) for one in found]


# --- By hand

KILLED = """
Lund NNP nsubj 1
killed VBD ROOT 1 kill
at IN case 3
least JJS nmod 4
12 CD nummod 5
soldiers NNS obj 1 soldier
"""
BOUGHT = """
Norvik NNP nsubj 1
bought VBD ROOT 1 buy
the DT det 5
$_ NN compound 5
32 CD nummod 3
drone NN obj 1
and CC cc 7
sank VBD conj 1 sink
20 CD nummod 9
ships NNS obj 7 ship
"""
NAMED = """
Norvik NNP nsubj 1
bought VBD ROOT 1 buy
Boeing NNP compound 4
737 CD nummod 4
jets NNS obj 1 jet
"""
RANGE = """
Norvik NNP nsubj 1
sank VBD ROOT 1 sink
20 CD nummod 5
to IN case 4
30 CD nmod 2
ships NNS obj 1 ship
"""
WHICH = """
Lund NNP nsubj 5
which WP nsubj 2
lost VBD acl:relcl 0 lose
30 CD nummod 4
ships NNS obj 2 ship
attacked VBD ROOT 5 attack
Norvik NNP obj 5
"""


def test_a_count_is_its_number_and_the_noun_without_the_bound():
    assert values_at(tree(KILLED), 1, [0, 5]) == [Amount("count", 12.0, "soldier", 4, 6, "at least")]


def test_what_is_joined_has_amounts_of_its_own():
    doc = tree(BOUGHT, names=[(3, 5, "MONEY")])

    assert amounts(doc, "bought") == [(32.0, "USD", "exact", "$32")]
    assert amounts(doc, "sank") == [(20.0, "ship", "exact", "20 ships")]


def test_what_a_relative_clause_counts_is_its_own():
    doc = tree(WHICH)

    assert amounts(doc, "attacked") == []
    assert amounts(doc, "lost") == [(30.0, "ship", "exact", "30 ships")]


@pytest.mark.parametrize(("rows", "verb"), [(NAMED, "bought"), (RANGE, "sank")])
def test_names_and_ranges_are_no_counts(rows, verb):
    assert amounts(tree(rows), verb) == []


def test_a_number_inside_a_name_is_the_names():
    assert amounts(tree(KILLED, names=[(4, 6, "ORG")]), "killed") == []
    assert amounts(tree(KILLED, names=[(4, 5, "DATE")]), "killed") == []


# --- As the shipped pipeline reads them


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "verb", "expected"),
    [
        (
            "The $32 million MQ-9 crashed into the Black Sea.",
            "crashed",
            [(32e6, "USD", "exact", "$32 million")],
        ),
        ("Turkmen police arrested 14 protesters.", "arrested", [(14, "protester", "exact", "14 protesters")]),
        (
            "The strike killed at least 12 people and wounded dozens.",
            "killed",
            [(12, "person", "at least", "12 people")],
        ),
        ("Norvik fired thirty missiles at Lund.", "fired", [(30, "missile", "exact", "thirty missiles")]),
        ("Halden bought Ostler for about €1.2bn.", "bought", [(1.2e9, "EUR", "about", "€1.2bn")]),
        ("The court fined Tessaly $5 million.", "fined", [(5e6, "USD", "exact", "$5 million")]),
        (
            "The attack killed two soldiers, including a general.",
            "killed",
            [(2, "soldier", "exact", "two soldiers")],
        ),
        (
            "More than 3,000 troops were deployed to Norvik.",
            "deployed",
            [(3000, "troop", "at least", "3,000 troops")],
        ),
        (
            "The bomb killed a dozen civilians and some 40 officers.",
            "killed",
            [(12, "civilian", "exact", "a dozen civilians"), (40, "officer", "about", "40 officers")],
        ),
        ("Up to 200 people were arrested.", "arrested", [(200, "person", "at most", "200 people")]),
        (
            "Norvik captured two hundred and fifty Lund soldiers.",
            "captured",
            [(250, "soldier", "exact", "two hundred and fifty Lund soldiers")],
        ),
        (
            "Lund sent 12 F-16s and 30 Leopard 2 tanks to Norvik.",
            "sent",
            [(12, "f-16", "exact", "12 F-16s"), (30, "tank", "exact", "30 Leopard 2 tanks")],
        ),
        (
            "Norvik launched an attack with 20 drones and 5 missiles on Lund.",
            "launched",
            [(20, "drone", "exact", "20 drones"), (5, "missile", "exact", "5 missiles")],
        ),
        (
            "Police arrested 20 or more protesters in Lund.",
            "arrested",
            [(20, "protester", "at least", "20 or more protesters")],
        ),
        ("Lund sank 3 of Norvik's ships.", "sank", [(3, "ship", "exact", "3 of Norvik's ships")]),
        ("A group of 14 hackers attacked Ostler.", "attacked", [(14, "hacker", "exact", "14 hackers")]),
        ("Norvik sank over 20 ships.", "sank", [(20, "ship", "at least", "20 ships")]),
        ("Halden won a $2bn contract from the government.", "won", [(2e9, "USD", "exact", "$2bn")]),
        ("Halden invested A$3.5m in Ostler in 2014.", "invested", [(3.5e6, "AUD", "exact", "A$3.5m")]),
        ("Norvik donated Rs 500 crore to Lund.", "donated", [(5e9, "INR", "exact", "Rs 500 crore")]),
        ("Lund killed 2,023 people in 2023.", "killed", [(2023, "person", "exact", "2,023 people")]),
    ],
)
def test_amounts_of_a_relation(nlp, text, verb, expected):
    assert amounts(nlp(text), verb) == expected


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "verb"),
    [
        ("Anna Berg, aged 45, met Carl Dorn 12 km from Lund.", "met"),
        ("Anna Berg met Carl Dorn for three days.", "met"),
        ("Berg, 45, criticised Dorn.", "criticised"),
        ("A Su-27 hit the drone of the Group of 20 on Flight 370.", "hit"),
        ("Halden paid 2 per cent of 5 million rupees to Ostler.", "paid"),
        ("Lund bought a 500-seat theatre from Norvik.", "bought"),
        ("Norvik has beaten Lund 3-2 in two games.", "beaten"),
        ("Norvik attacked Lund three times.", "attacked"),
        ("The 2023 elections in Lund were won by the Greens.", "won"),
        ("Norvik sailed past 20 islands.", "sailed"),
        ("The Five Eyes warned Lund.", "warned"),
        ("Norvik's top 20 players left Lund.", "left"),
        ("Police in Lund detained 20-30 activists.", "detained"),
        ("Norvik fired between 20 and 30 missiles at Lund.", "fired"),
        ("Norvik paid between $5 million and $6 million for Ostler.", "paid"),
        ("Halden paid its staff $15 an hour.", "paid"),
        ("Norvik sold 50 million pounds of beef to Lund.", "sold"),
        ("Norvik recalled hundreds of thousands of cars.", "recalled"),
        ("Lund condemned Norvik for killing 12 people.", "condemned"),
        ("Lund said it killed 20 and wounded 30.", "killed"),
    ],
)
def test_other_numbers_are_no_amounts(nlp, text, verb):
    assert amounts(nlp(text), verb) == []


@pytest.mark.model
def test_a_noun_that_carries_the_relation_shares_its_light_verbs_amounts(nlp):
    doc = nlp("Norvik launched an attack with 20 drones on Lund.")
    norvik, attack, lund = (
        next(token.i for token in doc if token.text == w) for w in ("Norvik", "attack", "Lund")
    )

    assert [one.unit for one in values_at(doc, attack, [norvik, lund])] == ["drone"]


@pytest.mark.model
def test_a_noun_leaves_the_amounts_of_the_verb_that_is_not_its_own(nlp):
    doc = nlp("Norvik's attack on Lund killed 12 people.")
    norvik, attack, lund = (
        next(token.i for token in doc if token.text == w) for w in ("Norvik", "attack", "Lund")
    )

    assert values_at(doc, attack, [norvik, lund]) == []


_WORDS = (
    *(
        "Lund",
        "Norvik",
        "killed",
        "bought",
        "said",
        "12",
        "2023",
        "3,000",
        "20-30",
        "$5",
        "million",
        "€1.2bn",
    ),
    *("pounds", "a", "dozen", "hundred", "thousand", "and", "or", "to", "of", "at", "least", "more", "than"),
    *("about", "soldiers", "ships", "people", "km", "per", "cent", "three", "days", "Su-27", "who", ",", "."),
    *("-", "for", "with", "over", "$", "(", "\n"),
)


@pytest.mark.model
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(words=st.lists(st.sampled_from(_WORDS), max_size=25))
def test_in_any_order_of_words_an_amount_is_read_from_its_own_words(nlp, words):
    doc = nlp(" ".join(words))
    for token in doc:
        parties = [child.i for child in token.children]
        found = values_at(doc, token.i, parties)
        assert [one.start for one in found] == sorted(one.start for one in found)
        for one in found:
            assert 0 <= one.start < one.end <= len(doc)
            assert one.amount > 0
            if one.kind == "money":
                assert money_of(doc[one.start : one.end].text) == (one.amount, one.unit)
            else:
                heads = range(one.start + 1, one.end)
                assert one.amount in {number_of(doc[one.start : end].text) for end in heads}


# --- Numbers and sums in words


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("3,000", 3000),
        ("1.2 million", 1.2e6),
        ("Twenty-five", 25),
        ("ninety nine", 99),
        ("a dozen", 12),
        ("half a dozen", 6),
        ("two dozen", 24),
        ("a hundred", 100),
        ("one hundred and five", 105),
        ("two thousand three hundred and twelve", 2312),
        ("three hundred thousand", 300_000),
        ("half a million", 500_000),
        ("two and a half million", 2.5e6),
        ("500 crore", 5e9),
    ],
)
def test_numbers_in_words(words, number):
    assert number_of(words) == number


@pytest.mark.parametrize(
    "words",
    [
        *(
            "",
            "a",
            "and",
            "million",
            "dozens",
            "several hundred",
            "twenty thirty",
            "five twenty",
            "20 30",
            "20 to 30",
        ),
        *("12 and 30", "two million million", "hundred and", "one-", "20%", "2nd", "third", "9" * 400, "٣"),
    ],
)
def test_what_is_no_number_as_a_whole_is_none(words):
    assert number_of(words) is None


_ONES = (
    *("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")


def spelt(number):
    """Write a number below a million out."""
    if number >= 1000:
        return f"{spelt(number // 1000)} thousand" + (f" {spelt(number % 1000)}" if number % 1000 else "")
    if number >= 100:
        return f"{spelt(number // 100)} hundred" + (f" and {spelt(number % 100)}" if number % 100 else "")
    if number >= 20:
        return _TENS[number // 10 - 2] + (f"-{spelt(number % 10)}" if number % 10 else "")
    return _ONES[number - 1]


@given(number=st.integers(1, 999_999))
def test_a_number_that_is_written_out_is_read_back(number):
    assert number_of(spelt(number)) == number
    assert number_of(f"{number:,}") == number


@given(words=st.one_of(st.text(), st.lists(st.sampled_from(_WORDS), max_size=8).map(" ".join)))
def test_no_words_fail(words):
    number, money = number_of(words), money_of(words)

    assert number is None or 0 <= number < float("inf")
    assert money is None or (money[0] > 0 and len(money[1]) == 3)


@pytest.mark.parametrize(
    ("words", "sum_of_money"),
    [
        ("$32 million", (32e6, "USD")),
        ("US$1.5bn", (1.5e9, "USD")),
        ("$1.2-billion", (1.2e9, "USD")),
        ("A$3.5m", (3.5e6, "AUD")),
        ("C$3 million", (3e6, "CAD")),
        ("£5,000", (5000, "GBP")),
        ("20 €", (20, "EUR")),
        ("¥5bn", (5e9, "JPY")),
        ("Rs. 500 crore", (5e9, "INR")),
        ("₹10 lakh", (1e6, "INR")),
        ("USD 8.3 million", (8.3e6, "USD")),
        ("CHF20m", (20e6, "CHF")),
        ("646 million yuan", (646e6, "CNY")),
        ("5 million pounds", (5e6, "GBP")),
        ("two million dollars", (2e6, "USD")),
        ("3.5 million Australian dollars", (3.5e6, "AUD")),
        ("Ten million Pakistani rupees", (1e7, "PKR")),
    ],
)
def test_sums(words, sum_of_money):
    amount, unit = money_of(words)

    assert (pytest.approx(amount), unit) == sum_of_money


@pytest.mark.parametrize(
    "words",
    [
        "$5-6 million",
        "250-300 rupees",
        "500 rupees",
        "20 pesos",
        "50 cents",
        "dollars",
        "$",
        "32 million",
        "$0",
        "",
    ],
)
def test_ranges_and_units_of_several_nations_are_no_sum(words):
    assert money_of(words) is None
