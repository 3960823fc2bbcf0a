"""Namesakes of unlike fields, from text to graph by the shipped pipeline: two, and left to reviewers."""

import pytest

from flows.ingest import run_ingest
from graph.questions import ask, question_called
from graph.snapshots import open_reader
from graph.unsure import unsure_pairs
from newsgraph.settings import Settings

# Of each name: in one field, in another, and where nothing is told of him or her.
NAMESAKES = {
    "Ilse Varnholt": (
        "Judge Ilse Varnholt ruled on Monday that the harbour fee was unlawful. The city will appeal.",
        "Footballer Ilse Varnholt scored twice on Saturday. “It was our best half,” Varnholt said.",
        "Ilse Varnholt was in the audience on Sunday, the organisers said.",
    ),
    "Tomas Breivold": (
        "Tomas Breivold, the finance minister, said on Tuesday that taxes would not rise.",
        "Tomas Breivold, an actor, said that the film had taken him nine years to make.",
        "Tomas Breivold told reporters that he had slept badly.",
    ),
    "Oskar Lindqvall": (
        "Gen. Oskar Lindqvall told parliament that the army was short of trucks.",
        "The singer Oskar Lindqvall cancelled two concerts on Friday because of a cold.",
        "Oskar Lindqvall bought the house in May, the owner said.",
    ),
    "Petra Halvemo": (
        "Petra Halvemo, mayor of Skarnes, opened the bridge on Wednesday.",
        "The virus came from bats, said Petra Halvemo, a virologist at the institute in Skarnes.",
        "Petra Halvemo declined to comment.",
    ),
    "Karen Mosstad": (
        "Senator Karen Mosstad voted against the bill. “It helps nobody,” Mosstad said.",
        "The darts player Karen Mosstad won the final in Hull on Sunday night.",
        "Karen Mosstad arrived late.",
    ),
}
# One person each, in fields through which a life leads, or called something by the way.
ONE = {
    "Anders Voldheim": (
        "The lawyer Anders Voldheim said that his client would appeal.",
        "Senator Anders Voldheim voted against the bill.",
    ),
    "Greta Sunnaas": (
        "The goalkeeper Greta Sunnaas left the club in May.",
        "Greta Sunnaas, a suspect in the betting case, denied that she had taken money.",
    ),
}


@pytest.fixture(scope="module")
def reader(tmp_path_factory):
    folder = tmp_path_factory.mktemp("namesakes")
    (folder / "raw").mkdir()
    for name, texts in {**NAMESAKES, **ONE}.items():
        for number, text in enumerate(texts):
            (folder / "raw" / f"{name.split()[1]}-{number}.txt").write_text(text, encoding="utf-8")
    run_ingest([str(folder / "raw")], Settings(folder / "raw", folder / "graph", workers=1))
    return open_reader(folder / "graph")


@pytest.mark.model
@pytest.mark.slow
def test_they_are_two_and_shown_to_reviewers(reader):
    unsure = {pair.one.name: pair for pair in unsure_pairs(reader) if pair.one.name == pair.other.name}

    assert unsure.keys() == NAMESAKES.keys()
    assert all("different fields" in pair.reason for pair in unsure.values())


@pytest.mark.model
@pytest.mark.slow
@pytest.mark.parametrize("name", ONE)
def test_a_life_through_two_fields_is_one(reader, name):
    names = ask(reader, question_called("names_of"), {"entity": name})

    assert names.rows  # or the name would be told to be of several
