"""Tiny files in the formats of the three corpora, in words of our own."""

from pathlib import Path

import pytest

from extractors.training.ewt import read_ewt
from extractors.training.gum import read_gum
from extractors.training.polnear import read_polnear
from extractors.training.propbank import read_propbank
from extractors.training.samples import (
    ANY_TAG,
    LINE_BREAK,
    NO_GAP,
    SPACE,
    TAG_BIT,
    CorpusError,
    GoldAttribution,
)

O = TAG_BIT["O"]  # noqa: E741


def begin(*labels):
    return sum(TAG_BIT[f"B-{label}"] for label in labels)


def inside(*labels):
    return sum(TAG_BIT[f"I-{label}"] for label in labels)


def row(index, text, upos, xpos, head, deprel, misc="_"):
    return "\t".join([str(index), text, text.lower(), upos, xpos, "_", str(head), deprel, "_", misc])


EWT_SENTENCES = "\n".join(
    [
        "# newdoc id = harbour",
        "# sent_id = harbour-1",
        "# newpar id = p1",
        row(1, "Mira", "PROPN", "NNP", 4, "nsubj"),
        "2-3\tdon't\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No",
        row(2, "do", "AUX", "VBP", 4, "aux"),
        row(3, "n't", "PART", "RB", 4, "advmod"),
        row(4, "sail", "VERB", "VB", 0, "root"),
        row("4.1", "sail", "VERB", "VB", "_", "_"),
        "",
        "# sent_id = harbour-2",
        row(1, "Norwegian", "ADJ", "JJ", 2, "amod"),
        row(2, "Oslo", "PROPN", "NNP", 3, "nsubj"),
        row(3, "paid", "VERB", "VBD", 0, "root"),
        row(4, "$", "SYM", "$", 3, "obj", "SpaceAfter=No"),
        row(5, "5", "NUM", "CD", 4, "nummod"),
        "",
        "# newdoc id = mountain",
        "# sent_id = mountain-1",
        row(1, "Ava", "PROPN", "NNP", 2, "nsubj"),
        row(2, "slept", "VERB", "VBD", 0, "root", "SpaceAfter=No"),
        "",
        "# sent_id = mountain-2",
        "# newpar id = p2",
        row(1, "Quietly", "ADV", "RB", 0, "root"),
        "",
    ]
)
UNER_SENTENCES = "\n".join(
    [
        "# sent_id = harbour-1",
        "1\tMira\tB-PER\t-\tx",
        "2\tdo\tO\t-\t-",
        "3\tn't\tO\t-\t-",
        "4\tsail\tB-O\t-\t-",
        "",
        "# sent_id = harbour-2",
        "1\tNorwegian\tB-OTH\t-\tx",
        "2\tOslo\tB-LOC\t-\tx",
        "3\tpaid\tO\t-\t-",
        "4\t$\tO\t-\t-",
        "5\t5\tO\t-\t-",
        "",
        "# sent_id = mountain-1",
        "1\tAva slept\tB-PER\t-\tx",
        "",
    ]
)


@pytest.fixture
def ewt_root(tmp_path: Path) -> Path:
    write(tmp_path / "UniversalDependencies+UD_English-EWT/en_ewt-ud-train.conllu", EWT_SENTENCES)
    write(tmp_path / "UniversalNER+UNER_English-EWT/en_ewt-ud-train.iob2", UNER_SENTENCES)
    return tmp_path


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="")


def test_ewt_words_gaps_and_heads(ewt_root):
    harbour, mountain = read_ewt(ewt_root, "train")
    assert (harbour.id, mountain.id) == ("harbour", "mountain")
    assert harbour.words == ("Mira", "do", "n't", "sail", "Norwegian", "Oslo", "paid", "$", "5")
    assert harbour.gaps == (NO_GAP, SPACE, NO_GAP, NO_GAP, SPACE, SPACE, SPACE, SPACE, NO_GAP)
    assert [word.head for word in harbour.syntax] == [3, 3, 3, -1, 5, 6, -1, 6, 7]
    assert [i for i, starts in enumerate(harbour.sentence_starts) if starts] == [0, 4]
    assert mountain.gaps == (NO_GAP, SPACE, LINE_BREAK)


def test_ewt_masks(ewt_root):
    harbour, mountain = read_ewt(ewt_root, "train")
    masks = harbour.name_masks
    assert masks[0] == begin("PERSON")
    assert masks[3] == O  # the stray B-O
    assert masks[4] == begin("MISC", "PRODUCT", "NORP")
    assert masks[5] == begin("LOC", "FAC")
    assert masks[6] == O
    assert masks[8] & TAG_BIT["I-MONEY"]
    assert masks[8] & O
    assert mountain.name_masks == (ANY_TAG, ANY_TAG, ANY_TAG)  # cut differently, or not there


def test_a_torn_row_is_named_by_file_and_line(ewt_root):
    path = ewt_root / "UniversalDependencies+UD_English-EWT/en_ewt-ud-train.conllu"
    write(path, EWT_SENTENCES.replace("\tslept\t", " slept "))
    with pytest.raises(CorpusError, match=r"en_ewt-ud-train\.conllu:21: 8 columns"):
        list(read_ewt(ewt_root, "train"))


GUM_SENTENCES = "\n".join(
    [
        "# newdoc id = GUM_news_ferry",
        "# newpar",
        "# sent_id = GUM_news_ferry-1",
        row(1, "The", "DET", "DT", 2, "det", "Entity=(1-place-new-n-cf1-1-coref-Port_Vale_%28harbour%29"),
        row(2, "Port", "PROPN", "NNP", 6, "nsubj", "_"),
        row(3, "Vale", "PROPN", "NNP", 2, "flat", "Entity=1)"),
        row(4, "'s", "PART", "POS", 2, "case"),
        row(5, "Russian", "ADJ", "JJ", 6, "amod"),
        row(6, "ferry", "NOUN", "NN", 0, "root", "Entity=(7-object-new-n-cf1-1-sgl)"),
        "",
        "# sent_id = GUM_news_ferry-2",
        row(
            1,
            "US",
            "PROPN",
            "NNP",
            2,
            "compound",
            "Entity=(2-person-new-n-cf1-1-sgl(3-place-new-n-cf1-1-sgl)",
        ),
        row(2, "President", "PROPN", "NNP", 3, "nmod:desc"),
        row(3, "Lena", "PROPN", "NNP", 6, "nsubj"),
        row(4, "Moor", "PROPN", "NNP", 3, "flat"),
        row(5, "herself", "PRON", "PRP", 3, "appos", "Entity=2)"),
        row(6, "sailed", "VERB", "VBD", 0, "root"),
        row(7, "in", "ADP", "IN", 8, "case"),
        row(8, "May", "PROPN", "NNP", 6, "obl", "Entity=(4-time-new-n-cf1-1-sgl"),
        row(9, "2014", "NUM", "CD", 8, "nmod", "Entity=4)|SpaceAfter=No"),
        row(10, "for", "ADP", "IN", 12, "case"),
        row(11, "some", "DET", "DT", 12, "det", "Entity=(5-time-new-n-cf1-1-sgl"),
        row(12, "while", "NOUN", "NN", 6, "obl", "Entity=5)"),
        "",
    ]
)


def test_gum_keeps_the_proper_part_of_named_mentions(tmp_path):
    write(tmp_path / "amir-zeldes+gum/dep/dev/GUM_news_ferry.conllu", GUM_SENTENCES)
    (sample,) = read_gum(tmp_path, "dev")
    masks = dict(zip(sample.words, sample.name_masks, strict=True))
    assert masks["The"] == O
    assert (masks["Port"], masks["Vale"]) == (begin("LOC", "FAC"), inside("LOC", "FAC"))
    assert masks["Russian"] == O | begin("NORP") | inside("NORP")
    assert masks["ferry"] == O
    assert masks["US"] == begin("LOC", "FAC")
    assert masks["President"] == O
    assert (masks["Lena"], masks["Moor"], masks["herself"]) == (begin("PERSON"), inside("PERSON"), O)
    assert (masks["May"], masks["2014"]) == (begin("DATE"), inside("DATE"))
    assert masks["some"] == masks["while"] == O | begin("DATE") | inside("DATE")


ARTICLE = "Ferry news\r\n\r\n“We’ll sail,” Moor’s aide said, “at dawn.”"


def span_row(number, role, *pieces):
    borders = [(ARTICLE.index(piece), ARTICLE.index(piece) + len(piece)) for piece in pieces]
    return f"T{number}\t{role} {';'.join(f'{a} {b}' for a, b in borders)}\t{' '.join(pieces)}"


def test_polnear_maps_characters_to_words(tmp_path):
    folder = tmp_path / "networkdynamics+PolNeAR/data/train"
    write(folder / "text/daily_2016-01-01_ferry.txt", ARTICLE)
    rows = [
        span_row(1, "Source", "Moor’s aide"),
        span_row(2, "Cue", " said"),
        span_row(3, "Content", "“We’ll sail,”", "“at dawn.”"),
        span_row(4, "Attribution", "said"),
        "E1\tAttribution:T4 Content:T3 Cue:T2 Source:T1",
        "#1\tAnnotatorNotes T3\tA note that goes on",
        "in a second line",
    ]
    write(folder / "attributions/daily_2016-01-01_ferry_aaaa.ann", "")
    write(folder / "attributions/daily_2016-01-01_ferry_bbbb.ann", "\n".join(rows))
    (sample,) = read_polnear(tmp_path, "train")
    assert " ".join(sample.words) == "Ferry news “ We ’ll sail , ” Moor ’s aide said , “ at dawn . ”"
    assert sample.gaps[:6] == (NO_GAP, SPACE, LINE_BREAK, NO_GAP, NO_GAP, SPACE)
    assert sample.attributions == (
        GoldAttribution(source=(8, 9, 10), cue=(11,), content=(2, 3, 4, 5, 6, 7, 13, 14, 15, 16, 17)),
    )
    assert sample.name_masks is None
    assert sample.syntax is None


def frame(place, sense, *arguments):
    return " ".join(["doc.xml", "0", str(place), "[WORD]", "X", "*", sense.split(".")[0], sense, *arguments])


HARBOUR_FRAMES = "\n".join(
    [
        frame(0, "-", "(ARG0*)", "*"),
        frame(1, "say.01", "(V*)", "*"),
        frame(2, "-", "(ARG1*", "(ARG0*)"),
        frame(3, "sail.01", "*)", "(V*)"),
        "",
    ]
)


def propbank_conllu(*texts):
    rows = [row(index, text, "X", "X", 1 if index > 1 else 0, "dep") for index, text in enumerate(texts, 1)]
    return "\n".join(["# newdoc id = weblog-harbour", "# sent_id = weblog-harbour-0001", *rows, ""])


@pytest.mark.parametrize(
    ("texts", "found"),
    [
        (("Mira", "said", "boats", "sail"), [(GoldAttribution((0,), (1,), (2, 3)),)]),
        (("Mira", "said", "boats", "sail", "!"), []),  # other words than PropBank's
    ],
)
def test_propbank_tells_who_said_what_in_sentences_of_ewt(tmp_path, texts, found):
    folder = tmp_path / "propbank+propbank-release/data/google/ewt/weblog/00"
    write(folder / "harbour.xml.gold_skel", HARBOUR_FRAMES)
    treebank = tmp_path / "UniversalDependencies+UD_English-EWT/en_ewt-ud-train.conllu"
    write(treebank, propbank_conllu(*texts))

    assert [sample.attributions for sample in read_propbank(tmp_path, "train")] == found


def test_a_torn_row_of_propbank_is_named_by_file_and_line(tmp_path):
    path = tmp_path / "propbank+propbank-release/data/google/ewt/weblog/00/harbour.xml.gold_skel"
    write(path, "doc.xml 0 0 [WORD]\n")
    treebank = tmp_path / "UniversalDependencies+UD_English-EWT/en_ewt-ud-train.conllu"
    write(treebank, propbank_conllu("Mira"))

    with pytest.raises(CorpusError, match=r"harbour\.xml\.gold_skel:1: 4 columns, at least 8 wanted"):
        list(read_propbank(tmp_path, "train"))
