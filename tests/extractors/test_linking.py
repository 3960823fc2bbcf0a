"""What things are known as, read by the shipped pipeline; the expectations are the issue's own examples."""

from datetime import date

import pytest

from extractors.known_alike import are_told_apart
from extractors.known_weapons import weapon_meant
from extractors.pipeline import load_pipeline
from newsgraph.gazetteer import load_gazetteer
from tests.extractors.reading import read

pytestmark = pytest.mark.model

UKRAINE = "http://www.wikidata.org/entity/Q212"


def known(nlp, text, published="2023-03-16"):
    """Return by name what each thing of a text is known as, "" for nothing."""
    extraction = read(nlp, text, published=date.fromisoformat(published))
    return {one.name: one.known for one in extraction.entities}


@pytest.mark.parametrize(
    ("text", "name", "key"),
    [
        ("The sheriff in Paris, Texas, closed the road.", "Paris", ""),
        ("The minister arrived in Paris on Monday.", "Paris", "city/fr/2988507"),
        ("Paris Hilton opened a shop on Monday.", "Paris Hilton", ""),
        ("Gov. Brian Kemp of Georgia signed the law.", "Georgia", "region/us-ga"),
        ("Georgia and Armenia will talk to Russia about the border.", "Georgia", "country/georgia"),
        ("Officials met in Georgia on Monday.", "Georgia", ""),
        ("A factory in Springfield burned down.", "Springfield", ""),
        ("Crews in the state of Washington fought the fire.", "Washington", "region/us-wa"),
        ("The convoy left for Moscow on Monday.", "Moscow", "city/ru/524901"),
        ("Moscow condemned the strike on Syria.", "Moscow", "seat/moscow"),
        ("The Kremlin condemned the strike on Syria.", "Kremlin", "seat/kremlin"),
        ("Leaders from the Congo met on Monday.", "Congo", ""),
        ("They walked through London, Ontario, on Monday.", "Ontario", "region/ca-on"),
        ("Protests broke out in Washington on Monday.", "Washington", "city/us/4140963"),
        ("Fires broke out in Washington and Oregon on Monday.", "Washington", ""),
        ("Denzel Washington said that Washington was wrong.", "Washington", ""),
        ("Reporters in Berlin waited.", "Berlin", "city/de/2950159"),
    ],
)
def test_places_and_their_voices(nlp, text, name, key):
    assert known(nlp, text)[name] == key


@pytest.mark.parametrize(
    ("text", "published", "name", "key"),
    [
        ("Prime Minister Johnson spoke in London.", "2020-04-06", "Johnson", "person/boris-johnson"),
        ("Prime Minister Johnson spoke in London.", "2012-04-06", "Johnson", ""),
        ("Deputy Prime Minister Johnson spoke in London.", "2020-04-06", "Johnson", ""),
        ("Former prime minister Johnson spoke in London.", "2020-04-06", "Johnson", ""),
        ("French Prime Minister Johnson spoke in London.", "2020-04-06", "Johnson", ""),
        ("Johnson spoke in London.", "2020-04-06", "Johnson", ""),
        ("Boris Johnson, a butcher, has sold the shop.", "2016-04-06", "Boris Johnson", ""),
        ("Coach Tony Blair praised the team.", "2016-04-06", "Tony Blair", ""),
        ("President George Bush spoke on Monday.", "2005-04-06", "George Bush", "person/george-w-bush"),
        ("President George Bush spoke on Monday.", "1991-04-06", "George Bush", "person/george-h-w-bush"),
        ("George Bush spoke on Monday.", "2005-04-06", "George Bush", ""),
        ("Mike Lee scored twice on Monday.", "2023-04-06", "Mike Lee", ""),
        ("Lloyd Austin denied the report.", "2023-03-16", "Lloyd Austin", "person/lloyd-austin"),
        ("Lloyd Austin denied the report.", "1987-03-16", "Lloyd Austin", ""),
    ],
)
def test_people_by_name_post_and_date(nlp, text, published, name, key):
    assert known(nlp, text, published)[name] == key


@pytest.mark.parametrize(
    ("text", "name", "key"),
    [
        ("Ukraine's Ministry of Health denied it.", "Ministry of Health", "ministry/ua/health"),
        ("The Russian Foreign Ministry denied it.", "Russian Foreign Ministry", "ministry/ru/foreign"),
        ("The Foreign Ministry denied the report.", "Foreign Ministry", ""),
        ("Sen. Ron Johnson of Wisconsin spoke in the Senate.", "Senate", "parliament/us/senate"),
        ("Wagner & Söhne makes bells.", "Wagner", ""),
    ],
)
def test_bodies_by_pattern_and_country(nlp, text, name, key):
    assert known(nlp, text).get(name, "") == key


def test_two_names_of_one_known_thing_are_one_entity(nlp):
    text = (
        "The Pentagon denied the report. Later the Defense Department said that the United States was ready."
    )

    found = known(nlp, text + " The U.S. wants peace.")

    assert list(found.values()).count("ministry/us/defence") == 1
    assert list(found.values()).count("country/united-states") == 1


def test_father_and_son_are_two_entities(nlp):
    text = "George H.W. Bush died in Houston. George W. Bush called him a great man."

    found = known(nlp, text, "2018-11-30")

    assert {"person/george-h-w-bush", "person/george-w-bush"} <= set(found.values())
    assert are_told_apart("George H. W. Bush", "George W. Bush", "PERSON")


def test_officials_count_for_their_government_and_are_nobody_known(nlp):
    extraction = read(nlp, "Russian officials denied that Russia had struck the drone.")
    [officials] = [one for one in extraction.entities if one.kind == "group"]

    assert (officials.known, officials.rolls_up_to) == ("", "government/russia")


@pytest.mark.parametrize(
    "body", ["Russia's coast guard", "The Russian coast guard", "Russia's embassy in Athens"]
)
def test_a_body_of_a_state_without_a_name_counts_for_it(nlp, body):
    extraction = read(nlp, f"{body} denied that Russia had struck the drone.")
    [denial] = extraction.attributions
    [who] = [one for one in extraction.entities if one.id == denial.speaker]

    assert (who.type, who.rolls_up_to) == ("ORG", "government/russia")


def test_an_identifier_goes_with_the_key(nlp):
    [ukraine] = [one for one in read(nlp, "Ukraine asked for help.").entities if one.name == "Ukraine"]

    assert (ukraine.known, ukraine.same_as) == ("country/ukraine", (UKRAINE,))


@pytest.mark.parametrize(
    ("names", "nouns", "found"),
    [
        (["MQ-9 Reaper", "Reaper"], set(), ("weapon/mq-9", "")),
        (["MQ-9s"], set(), ("weapon/mq-9", "")),
        (["Su-27"], set(), ("weapon/su-27", "")),
        (["Su-27SM3"], set(), ("weapon/su-27sm3", "weapon/su-27")),
        (["Reaper"], set(), None),
        (["Reaper"], {"drone"}, ("weapon/mq-9", "")),
        (["MQ-9", "Su-27"], set(), None),
        (["Vauxhall 12"], set(), None),
    ],
)
def test_weapons_and_their_variants(names, nouns, found):
    assert weapon_meant(names, frozenset(nouns)) == found


def test_an_analysts_own_list_finds_names_and_goes_first(tmp_path):
    path = tmp_path / "own.tsv"
    path.write_text("Halvard Metals\tORG\tHM Group\thttps://firms.example/7\nKremlin\tORG\t\tQ133274\n")
    text = "HM Group will sell. The Kremlin welcomed it, and Halvard Metals thanked the Kremlin."

    extraction = read(load_pipeline(watch_list=path), text)

    found = {(one.known, one.same_as) for one in extraction.entities if one.known}
    assert found == {
        ("own/halvard-metals", ("https://firms.example/7",)),
        ("own/kremlin", ("http://www.wikidata.org/entity/Q133274",)),
    }


def test_no_name_links_to_two_things_of_a_kind_that_is_linked_by_name_alone():
    by_name = load_gazetteer().strong
    kinds = {"org", "media", "company", "group", "party", "force", "service", "ministry"}

    doubles = {name: [one.key for one in ones if one.kind in kinds] for name, ones in by_name.items()}

    assert {name: keys for name, keys in doubles.items() if len(keys) > 1} == {}


@pytest.mark.parametrize(
    ("text", "name", "key"),
    [
        ("Carl Dorn was jailed in Antwerp, Oman's foreign ministry said.", "Antwerp", "city/be/2803138"),
        ("Carl Dorn was jailed in Antwerp, Oman said on Monday.", "Antwerp", "city/be/2803138"),
        ("Carl Dorn was born in Antwerp, Oman, and lives there.", "Antwerp", ""),
        (
            "The Ministry of Defence said that the army of Sarhana had won. Egypt showed solidarity.",
            "Ministry of Defence",
            "",
        ),
        (
            "Egyptian officials met in Sarhana. The Ministry of Defence said that nobody was hurt.",
            "Ministry of Defence",
            "ministry/eg/defence",
        ),
        ("Joseph R. Biden Jr. met Anna Berg.", "Joseph R. Biden Jr.", "person/joe-biden"),
        ("Donald J. Trump Jr. met Anna Berg.", "Donald J. Trump Jr.", ""),
    ],
)
def test_what_stands_beside_a_name_may_be_another_place_or_person(nlp, text, name, key):
    assert known(nlp, text).get(name) == key
