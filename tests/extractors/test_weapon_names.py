"""Names of weapons: which are found, where they end, and what is left alone."""

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.util import filter_spans

from extractors.known_names import LEXICONS, rows_of
from extractors.weapon_names import build_weapon_names, families_from

FAMILIES = families_from(rows_of(LEXICONS / "weapon_families.tsv"))
NLP = spacy.blank("en")
WEAPONS = build_weapon_names(FAMILIES)


def names_in(text):
    return [span.text for span in filter_spans(list(WEAPONS(NLP.make_doc(text), text)))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("an MQ-9 over the sea", ["MQ-9"]),
        ("The HMS Queen Elizabeth left.", ["HMS Queen Elizabeth"]),
        ("the USS Gerald R. Ford will call", ["USS Gerald R. Ford"]),
        ("the USS Kitty Hawk aircraft carrier", ["USS Kitty Hawk"]),
        ("It hit the MV Rubymar. The crew left.", ["MV Rubymar"]),
        ("The trawler Rosa Quint sank.", ["Rosa Quint"]),
        ("the Halvic-owned oil tanker Nord Sund was hit", ["Nord Sund"]),
        ("the frigate Admiral Brenn", ["Admiral Brenn"]),
        ("contact with the Anna Brenn, a Kilo-class submarine", ["Anna Brenn", "Kilo-class"]),
        ("an MQ-9 Reaper drone", ["MQ-9 Reaper"]),
        ("a Reaper MQ-9 drone", ["Reaper MQ-9"]),
        ("an AH-64E Apache.", ["AH-64E Apache"]),
        ("two Su-27s.", ["Su-27s"]),
        ("the MQ-9's wing", ["MQ-9"]),
        ("the MQ-9’s wing", ["MQ-9"]),
        ("a Su-27 Flanker jet", ["Su-27 Flanker"]),
        ("Su-27SM3s and F-16C/Ds", ["Su-27SM3s", "F-16C/Ds"]),
        ("a T-90M, a T-72B3", ["T-90M", "T-72B3"]),
        ("S-300PMU-2 launchers", ["S-300PMU-2"]),
        ("MiG-31K jets", ["MiG-31K"]),
        ("Buk-M1-2 and Iskander-M", ["Buk-M1-2", "Iskander-M"]),
        ("Leopard 2A6 tanks", ["Leopard 2A6"]),
        ("M1A2 Abrams tanks", ["M1A2 Abrams"]),
        ("F/A-18E/F Super Hornets", ["F/A-18E/F Super Hornets"]),
        ("Shahed-136/131 drones", ["Shahed-136/131"]),
        ("F-16/A-10", ["F-16", "A-10"]),
        ("an F-16-style jet, anti-F-16 fire", ["F-16", "F-16"]),
        ("Bayraktar TB2s", ["Bayraktar TB2s"]),
        ("HIMARS and ATACMS, Storm Shadow, Kinzhal", ["HIMARS", "ATACMS", "Storm Shadow", "Kinzhal"]),
        ("MQ‑9, MQ–9, MQ‐9 and MQ9", ["MQ‑9", "MQ–9", "MQ‐9", "MQ9"]),
        ("SU-27, MIG-29", ["SU-27", "MIG-29"]),
        ("an F-16 Viper", ["F-16 Viper"]),
        ("the Virginia-class submarine", ["Virginia-class"]),
        ("a Boeing 737-800 of the airline", ["Boeing 737-800"]),
    ],
)
def test_designations_are_found_with_variant_and_nickname(text, expected):
    assert names_in(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Patriot missiles", ["Patriot"]),
        ("Patriot surface-to-air missile batteries", ["Patriot"]),
        ("the Patriot air defence system", ["Patriot"]),
        ("Javelin, Stinger and NLAW anti-tank missiles", ["Javelin", "Stinger", "NLAW"]),
        ("Leopard and Abrams main battle tanks", ["Leopard", "Abrams"]),
        ("a Black Hawk helicopter", ["Black Hawk"]),
        ("M4 rifles", ["M4"]),
        ("a Type 052D destroyer", ["Type 052D"]),
        ("Bayraktar drones", ["Bayraktar"]),
    ],
)
def test_a_common_word_counts_beside_a_noun_of_its_kind(text, expected):
    assert names_in(text) == expected


def test_a_name_that_was_clear_once_counts_again_behind_an_article():
    text = "The MQ-9 Reaper fell. The Reaper sank; a Reaper Group, said Reaper Smith."

    assert names_in(text) == ["MQ-9 Reaper", "Reaper"]


def test_a_full_stop_that_the_tokenizer_leaves_with_the_last_letter_stays_with_it():
    assert names_in("It was a T-90M.") == ["T-90M."]
    assert names_in("It was a T-90.") == ["T-90"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the smaller Skylark 3.", ["Skylark 3"]),
        ("eight Skyranger 30 guns", ["Skyranger 30"]),
        ("calls the Tu-22M3 the Backfire", ["Tu-22M3", "Backfire"]),
        (
            "the bulk carrier Galaxy Leader. The crew of the Galaxy Leader is",
            ["Galaxy Leader", "Galaxy Leader"],
        ),
        (
            "A supply boat, the Rosa May 4, sank. The Rosa May 2 was late.",
            ["Rosa May 4", "Rosa May 2"],
        ),
        ("The trawler Ula Brenn 17 docked.", ["Ula Brenn 17"]),
        ("The vessel, the Anna Brenn, sank.", ["Anna Brenn"]),
        ("The hospital ship Rosa del Sur left.", ["Rosa del Sur"]),
        ("sinking of the ferry Isla Verde 30 years ago", ["Isla Verde"]),
        ("The tanker Alma 4 May is", ["Alma"]),
        ("The USS Ohio left. The Ohio governor met the Ohio.", ["USS Ohio", "Ohio"]),
        ("The ship Madleen sailed; CCG 5205 waited.", ["Madleen", "CCG 5205"]),
        ("twelve QX-46FA jets, an NV-7 anti-ship missile", ["QX-46FA", "NV-7"]),
        ("a Saab 105 trainer and two Bell 429s.", ["Saab 105", "Bell 429s"]),
        ("RPG-7s and a QL-9 were found", ["RPG-7s", "QL-9"]),
    ],
)
def test_a_name_is_told_by_what_stands_beside_it_or_before(text, expected):
    assert names_in(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Pumas 3, Jaguars 1; Puma 3, Jaguar 1",
        "the MH17 plane, an MH17 jet, the QF-32 jet",
        "the G20 tank, an I-95 tank truck, a COVID-19 rocket",
        "Boeing 2023 results, Bell 300 million, paid Airbus 40, a Saab 9",
        "the New England Patriots and a javelin thrower",
        "Stacey Abrams, Tiger Woods, Hercules and Winston Churchill",
        "The Reaper is a novel. The Leopard is a film.",
        "G-20, B-12, COVID-19, A-1, M1 motorway, T-shirt, C-4, S-1, R-1, H-1B, F-150",
        "the M4, the M60 and Route A10",
        "seat F-16",
        "the ferry operator Nordline and the submarine Captain Ivo Dorn",
        "the carrier Lufthansa, the ship was the first",
        "the Kitty Hawk aircraft carrier",
        "Selçuk Bayraktar met Tiger fighters",
        "F-16.5, F-1600, XF-16, f-16",
        "the grim reaper's drone",
        "MI-8 in Michigan",
    ],
)
def test_other_things_are_left_alone(text):
    assert names_in(text) == []


def test_a_code_behind_a_weapon_may_be_something_else():
    assert names_in("an F-16 and a COVID-19 test, a T-72 and an M-1 motorway") == ["F-16", "T-72"]


def test_a_row_of_an_unknown_form_is_refused():
    with pytest.raises(ValueError, match="designation, word"):
        families_from([["MQ-9", "uav", "drone"]])


def test_the_word_list_is_long_and_has_no_row_twice():
    rows = [(one.name, one.kind, one.form) for one in FAMILIES]

    assert len(rows) == len(set(rows))
    assert sum(one.form not in ("noun", "modifier") for one in FAMILIES) >= 250


@pytest.mark.parametrize(
    "one", [one for one in FAMILIES if one.form in ("designation", "word")], ids=lambda one: one.name
)
def test_every_certain_name_is_found_whole(one):
    assert names_in(f"They saw {one.name} there") == [one.name]


@given(
    st.lists(
        st.sampled_from(
            [*(one.name for one in FAMILIES), "s", "'s", ".", ",", "-", "/", "M", "tanks", "the", "\n"]
        ),
        max_size=12,
    ),
    st.sampled_from(["", " "]),
)
def test_spans_lie_on_tokens_of_the_text(words, glue):
    doc = NLP.make_doc(glue.join(words))

    for span in WEAPONS(doc, doc.text):
        assert doc.text[span.start_char : span.end_char] == span.text
        assert span.label_ == "PRODUCT"
        assert span.text == span.text.strip()
