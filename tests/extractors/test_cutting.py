import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from extractors.cutting import cut_as_the_treebanks

NLP = spacy.blank("en")
cut_as_the_treebanks(NLP)


@pytest.fixture(scope="module")
def cut():
    """Return what cuts a text; in the answer a space stands between two words, "|" for a line's end."""
    return lambda text: " ".join(token.text.replace("\n", "|") for token in NLP.make_doc(text))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("pro-Beijing, e-mail, neo-liberal", "pro-Beijing , e-mail , neo-liberal"),
        ("UN-backed and un-Karsovan", "UN - backed and un-Karsovan"),
        ("well-known co-founders", "well - known co-founders"),
        ("an MQ-9 and F-16C.", "an MQ-9 and F-16C ."),
        ("U.S.-led; Lund-based", "U.S. - led ; Lund - based"),
        ("a short- and a long-term plan", "a short - and a long - term plan"),
        ("-Ann Roe, -0.3", "- Ann Roe , - 0.3"),
        ("He went--alone--home--", "He went -- alone -- home --"),
        ('the record—"long" he—I—knew', 'the record — " long " he — I — knew'),
    ],
)
def test_hyphens_and_dashes(cut, text, words):
    assert cut(text) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("I wanna go, dunno where", "I wan na go , du n no where"),
        ("Lotta saw a lotta boats", "Lotta saw a lot ta boats"),
        ("Late,don't ask—we've left", "Late , do n't ask — we 've left"),
        ("DON'T! DONT! SHE'LL", "DO N'T ! DO NT ! SHE 'LL"),
        ("They wed in May. Wed or id?", "They wed in May . Wed or id ?"),
        ("He OK'd it; she'd not", "He OK'd it ; she 'd not"),
        ("kinda nice, sorta", "kind a nice , sorta"),
        ("alot", "a lot"),
    ],
)
def test_contractions(cut, text, words):
    assert cut(text) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Its not cheap, its a long way", "It s not cheap , it s a long way"),
        ("its in-house lawyers, its the\n", "its in - house lawyers , it s the |"),
        ("the firm and its owners", "the firm and its owners"),
        ("Lets go, so lets try", "Let s go , so let s try"),
        ("It lets you go", "It lets you go"),
    ],
)
def test_its_and_lets_without_an_apostrophe_are_told_by_what_follows(cut, text, words):
    assert cut(text) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("No. 7 said no. 7 came", "No. 7 said no . 7 came"),
        ("No. Nobody.", "No . Nobody ."),
        ("Lt. Roe and Capt. Poe left", "Lt. Roe and Capt. Poe left"),
        ("tea, etc., or nuts etc. in bags etc. The", "tea , etc. , or nuts etc. in bags etc . The"),
        ("on Sat. 5 May he sat. The Sun. It", "on Sat. 5 May he sat . The Sun . It"),
        ("7 lb., 10 oz. each", "7 lb. , 10 oz. each"),
        ("my wife and I. I. M. Poe", "my wife and I . I. M. Poe"),
        ("Malcolm X.\nJ. Roe", "Malcolm X . | J. Roe"),
        ("Lund Inc.. He", "Lund Inc. . He"),
    ],
)
def test_a_full_stop_belongs_to_an_abbreviation_or_to_the_sentence(cut, text, words):
    assert cut(text) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("837–908 (2010): at 7:30PM", "837 – 908 ( 2010 ) : at 7:30 PM"),
        ("650k, $3bn, £2m. 24hrs, 9am-12pm", "650 k , $ 3 bn , £ 2 m . 24 hrs , 9 am - 12 pm"),
        ("$4-$6 or Rs500", "$ 4 - $ 6 or Rs 500"),
        ("the 1960's, '07, 2003's", "the 1960's , '07 , 2003 's"),
        ("303-555-0160, 1-800-555-0160, x3-5550", "303-555-0160 , 1-800-555-0160 , x3-5550"),
        ("5-10 days on 11-20-2000", "5 - 10 days on 11-20-2000"),
        ("price:5, citizen,21 years", "price : 5 , citizen , 21 years"),
        ("an A+ and a C++", "an A + and a C++"),
    ],
)
def test_numbers(cut, text, words):
    assert cut(text) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("What?! No*** is it.? so!. ======", "What ?! No *** is it .? so !. ======"),
        ("He left...(as if) they say)...", "He left ... ( as if ) they say ) ..."),
        ("account(s) foreigners?thanks one??two", "account ( s ) foreigners ? thanks one ?? two"),
        ("the port and/or the town, L/C", "the port and / or the town , L/C"),
        ("#Karsova is #1", "#Karsova is # 1"),
        ("(see stocks.pdf)(see 7-1_b.doc)", "( see stocks.pdf ) ( see 7-1_b.doc )"),
        ('"Ann"<ann...@post.example>', '" Ann " < ann...@post.example >'),
    ],
)
def test_marks_names_of_files_and_addresses(cut, text, words):
    assert cut(text) == words


@pytest.mark.parametrize(
    "text", ["", " ", "its", " its a\n\n  No. 5 \t etc., x", "I.", "and I.", "Inc..\nInc..", "\r\nX.\r\n"]
)
def test_no_character_is_lost(cut, text):
    assert NLP.make_doc(text).text == text


@pytest.mark.parametrize("first", ["It don't rain.", "don't, (U.S.-led) 5km", "U.S.-led"])
def test_what_was_cut_before_changes_nothing(cut, first):
    text = "We don't, (U.S.-led) 5km. US-led, I'd (don't) say"
    before = cut(text)

    cut(first)

    assert cut(text) == before == "We do n't , ( U.S. - led ) 5 km . US - led , I 'd ( do n't ) say"


@given(st.from_regex(r"[A-Za-z]+", fullmatch=True))
def test_no_expression_finds_anything_in_letters_alone(letters):
    tokenizer = NLP.tokenizer.tokenizer
    looks = (tokenizer.prefix_search, tokenizer.suffix_search, tokenizer.token_match, tokenizer.url_match)

    assert [look.__wrapped__(letters) for look in looks] == [None] * len(looks)
    assert [*tokenizer.infix_finditer.__wrapped__(letters)] == []
