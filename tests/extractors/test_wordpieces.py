from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Tokenizer
from tokenizers.models import WordPiece
from tokenizers.pre_tokenizers import BertPreTokenizer

from extractors import wordpieces
from extractors.network import window_bounds
from extractors.wordpieces import LINE_BREAK, MAX_PIECES, NO_GAP, SPACE, WordPieces, shape_of


@pytest.fixture
def pieces():
    vocabulary = {
        name: index
        for index, name in enumerate(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "drone", "##s", '"', "'"])
    }
    tokenizer = Tokenizer(WordPiece(vocabulary, unk_token="[UNK]"))  # noqa: S106 - no password
    tokenizer.pre_tokenizer = BertPreTokenizer()
    return WordPieces(tokenizer)


@pytest.mark.parametrize(
    ("word", "shape"),
    [
        ("drone", wordpieces.LOWER),
        ("Moscow", wordpieces.TITLE),
        ("NATO", wordpieces.UPPER),
        ("U.S.", wordpieces.UPPER),
        ("A", wordpieces.LETTER),
        ("McCain", wordpieces.MIXED),
        ("2023", wordpieces.DIGITS),
        ("MQ-9", wordpieces.CODE),
        ("3,5", wordpieces.NUMBER),
        (",", wordpieces.MARK),
        ("\ufeff", wordpieces.OTHER),
    ],
)
def test_shapes_tell_the_letter_case(word, shape):
    assert shape_of(word, SPACE, SPACE) == shape


@pytest.mark.parametrize(
    ("mark", "before", "after", "shape"),
    [
        ('"', SPACE, NO_GAP, wordpieces.OPENING),
        ('"', NO_GAP, LINE_BREAK, wordpieces.CLOSING),
        ('"', SPACE, SPACE, wordpieces.BARE_QUOTE),
        ("“", NO_GAP, NO_GAP, wordpieces.OPENING),
        ("”", SPACE, SPACE, wordpieces.CLOSING),
    ],
)
def test_quotation_marks_face_the_way_their_spaces_say(mark, before, after, shape):
    assert shape_of(mark, before, after) == shape


def test_all_styles_of_quotation_mark_are_one_piece(pieces):
    cut = pieces.cut(["“", '"', "»"], [SPACE] * 3)

    assert len(set(cut.ids.tolist())) == 1


@given(st.lists(st.text(min_size=1, max_size=80).filter(lambda word: word.strip() == word), max_size=40))
def test_every_word_gives_at_least_one_piece(words):
    vocabulary = {"[PAD]": 0, "[UNK]": 1, "[CLS]": 2, "[SEP]": 3, "a": 4}
    tokenizer = Tokenizer(WordPiece(vocabulary, unk_token="[UNK]"))  # noqa: S106 - no password
    tokenizer.pre_tokenizer = BertPreTokenizer()

    cut = WordPieces(tokenizer).cut(words, [SPACE] * len(words))

    assert len(cut.starts) == len(words) + 1
    assert all(cut.starts[1:] > cut.starts[:-1])
    assert len(cut.ids) == cut.starts[-1] == len(cut.shapes) == len(cut.gaps)


@given(st.lists(st.integers(1, 6), min_size=1, max_size=2000))
def test_windows_cover_every_word_and_fit_the_encoder(sizes):
    starts = wordpieces.np.cumsum([0, *sizes])

    bounds = list(window_bounds(starts))

    assert bounds[0][0] == 0
    assert bounds[-1][1] == len(sizes)
    assert all(starts[end] - starts[start] <= MAX_PIECES - 2 for start, end in bounds)
    assert all(left[1] > right[0] > left[0] for left, right in pairwise(bounds))
