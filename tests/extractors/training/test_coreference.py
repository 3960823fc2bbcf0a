"""Tiny files in the formats of GUM and GAP, in words of our own."""

from pathlib import Path

import pytest

from extractors.training.coreference import GapName, read_gap, read_gum_coreference
from extractors.training.gap import read_gap_links
from extractors.training.gum import read_gum
from extractors.training.samples import CorpusError, GoldLink


def row(index, text, upos, xpos, head, deprel, misc="_"):
    return "\t".join([str(index), text, text.lower(), upos, xpos, "_", str(head), deprel, "_", misc])


HER = "(1-person-giv:act-ss-cf1-1-ana)"
FERRY = "\n".join(
    [
        "# newdoc id = GUM_news_ferry",
        "# global.Entity = GRP-etype-infstat-salience-centering-minspan-link-identity",
        "# sent_id = GUM_news_ferry-1",
        row(1, "The", "DET", "DT", 2, "det", "Entity=(1-person-new-ss-cf1-2,4,5-coref"),
        row(2, "captain", "NOUN", "NN", 6, "nsubj"),
        row(3, "late", "ADJ", "JJ", 4, "amod"),
        row(4, "Lena", "PROPN", "NNP", 2, "appos", "Entity=(1-person-giv:act-ss-cf1-1,2-appos-Lena_Moor"),
        row(5, "Moor", "PROPN", "NNP", 4, "flat", "Entity=1)1)"),
        row(6, "left", "VERB", "VBD", 0, "root"),
        row(7, "Port", "PROPN", "NNP", 6, "obj", "Entity=(2-place-new-ss-cf2-1,2-sgl-Port_Vale_%28town%29"),
        row(8, "Vale", "PROPN", "NNP", 7, "flat", "Entity=2)"),
        "",
        "# sent_id = GUM_news_ferry-2",
        row(1, "She", "PRON", "PRP", 2, "nsubj", f"Entity={HER}"),
        row(2, "took", "VERB", "VBD", 0, "root"),
        row(3, "her", "PRON", "PRP$", 5, "nmod:poss", f"Entity=(3-object-new-ss-cf2-3-sgl{HER}"),
        row(4, "old", "ADJ", "JJ", 5, "amod"),
        row(5, "dog", "NOUN", "NN", 2, "obj", "Entity=3)|Entity_left=9)"),
        row(6, "along", "ADV", "RB", 2, "advmod", "Entity=9)"),
        "",
    ]
)  # fmt: skip


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="")


def test_words_of_gum_are_linked_to_all_earlier_mentions_of_their_thing(tmp_path):
    write(tmp_path / "amir-zeldes+gum/dep/train/GUM_news_ferry.conllu", FERRY)

    (sample,) = read_gum(tmp_path, "train")

    assert sample.links == (
        GoldLink(1, (1,)),
        GoldLink(3, (1,)),
        GoldLink(6, (6,)),
        GoldLink(8, (1, 3)),
        GoldLink(10, (1, 3, 8)),
        GoldLink(12, (12,)),
    )


def test_gum_mentions_have_core_head_thing_and_kind(tmp_path):
    write(tmp_path / "amir-zeldes+gum/dep/dev/GUM_news_ferry.conllu", FERRY)

    (document,) = read_gum_coreference(tmp_path, "dev")

    assert document.id == "GUM_news_ferry"
    assert document.words[5:8] == ("left", "Port", "Vale")
    found = [(one.start, one.end, one.core, one.head, one.thing, one.kind) for one in document.mentions]
    assert found == [
        (0, 5, (1, 3, 4), 1, "1", "nominal"),
        (3, 5, (3, 4), 3, "1", "name"),
        (6, 8, (6, 7), 6, "2", "name"),
        (8, 9, (8,), 8, "1", "pronoun"),
        (10, 13, (12,), 12, "3", "nominal"),
        (10, 11, (10,), 10, "1", "pronoun"),
    ]
    assert document.mentions[2].type == "place"


def test_a_core_that_counts_beyond_its_mention_is_the_whole_mention(tmp_path):
    write(tmp_path / "amir-zeldes+gum/dep/dev/GUM_news_ferry.conllu", FERRY.replace("cf2-3-sgl", "cf2-7-sgl"))

    (document,) = read_gum_coreference(tmp_path, "dev")

    assert document.mentions[4].core == (10, 11, 12)


GAP_HEADER = "ID\tText\tPronoun\tPronoun-offset\tA\tA-offset\tA-coref\tB\tB-offset\tB-coref\tURL"
PASSAGE = 'Ida met "Una Vey" before she sailed.'


def gap_row(offset):
    return f"validation-1\t{PASSAGE}\tshe\t{offset}\tIda\t0\tFALSE\tUna Vey\t9\tTRUE\thttps://example.org/ida"


def test_gap_passages_have_characters(tmp_path):
    path = tmp_path / "google-research-datasets+gap-coreference/gap-validation.tsv"
    write(path, f"{GAP_HEADER}\n{gap_row(25)}\n")

    (passage,) = read_gap(tmp_path, "validation")

    assert passage.text[passage.start : passage.end] == "she"
    assert passage.names == (GapName(0, 3, False), GapName(9, 16, True))
    assert not passage.is_masculine


def test_a_pronoun_of_gap_chooses_between_two_names(tmp_path):
    path = tmp_path / "google-research-datasets+gap-coreference/gap-validation.tsv"
    write(path, f"{GAP_HEADER}\n{gap_row(25)}\n")

    (sample,) = read_gap_links(tmp_path, "dev")

    assert sample.words == ("Ida", "met", '"', "Una", "Vey", '"', "before", "she", "sailed", ".")
    assert sample.links == (GoldLink(7, (3, 4), (0, 3, 4)),)


@pytest.mark.parametrize("offset", ["24", "-1", "x"])
def test_an_offset_that_misses_its_word_is_named_by_file_and_line(tmp_path, offset):
    path = tmp_path / "google-research-datasets+gap-coreference/gap-validation.tsv"
    write(path, f"{GAP_HEADER}\n{gap_row(offset)}\n")

    with pytest.raises(CorpusError, match=r"gap-validation\.tsv:2: 'she' does not stand at"):
        list(read_gap(tmp_path, "validation"))


def test_a_torn_row_of_gap_is_named_by_file_and_line(tmp_path):
    path = tmp_path / "google-research-datasets+gap-coreference/gap-validation.tsv"
    write(path, f"{GAP_HEADER}\nvalidation-1\t{PASSAGE}\n")

    with pytest.raises(CorpusError, match=r"gap-validation\.tsv:2: a column is missing"):
        list(read_gap(tmp_path, "validation"))
