"""Known things in the graph: what an entity is, and what a query may count it for, on a real store."""

import csv
import io

from graph.query import load_query, run_query
from graph.snapshots import open_reader
from graph.store import open_writer
from graph.validate import violations
from tests.graph.made import RUN, dump_of, speaking


def stored(folder, *pairs):
    with open_writer(folder) as writer:
        writer.add(list(pairs), RUN)
    return open_reader(folder)


def rolled_up(reader):
    rows = csv.DictReader(io.StringIO(run_query(reader, load_query("voices_rolled_up"), "csv")))
    return {(row["counts_for"], row["voice"], row["known"]) for row in rows}


def test_a_seat_of_power_officials_and_a_country_stay_apart_and_meet_one_level_up(tmp_path):
    reader = stored(
        tmp_path,
        speaking("a", "Kremlin", "seat/kremlin", "government/russia"),
        speaking("b", "Russian officials", "", "government/russia"),
        speaking("c", "Russia", "country/russia"),
    )

    rows = rolled_up(reader)

    assert {voice for top, voice, _ in rows if top == "Kremlin"} == {"Kremlin"}
    assert {voice for top, voice, _ in rows if top == "Russia (government)"} == {
        "Kremlin",
        "Russian officials",
    }
    assert {voice for top, voice, _ in rows if top == "Russia"} == {"Kremlin", "Russian officials", "Russia"}
    assert ("Russia (government)", "Russian officials", "") in rows


def test_what_no_list_has_rolls_up_by_what_the_extraction_says(tmp_path):
    reader = stored(tmp_path, speaking("a", "Su-27SM3", "weapon/su-27sm3", "weapon/su-27"))

    assert {top for top, _, _ in rolled_up(reader)} == {"su-27sm3", "su-27"}


def test_known_things_conform_to_the_shapes(tmp_path):
    wikidata = ("http://www.wikidata.org/entity/Q11209",)
    reader = stored(
        tmp_path,
        speaking("a", "Pentagon", "ministry/us/defence", "government/united-states", wikidata),
        speaking("b", "Halvard Metals", "own/halvard-metals", "", ("https://firms.example/7",)),
        speaking("c", "Polish ministry", "ministry/pl/interior", "government/poland"),
    )

    assert violations(dump_of(reader, without_provenance=False)) == []
