"""Who speaks and through whom, on trees by hand."""

import pytest

from extractors.drafts import Draft, drafts_of
from extractors.quotations import find_quotations
from extractors.relays import is_relay_only, with_relay
from extractors.sources import passed_on, spoken, with_cited, with_source, without_accused
from tests.extractors.trees import tree


def draft(source=(), cue=(), content=(), via=()):
    return Draft(tuple(source), tuple(cue), tuple(content), tuple(via), 0.9)


def words(doc, places):
    return " ".join(doc[place].text for place in places)


DENIED = """
Russian JJ amod 1
officials NNS nsubj 2 official
denied VBD ROOT 2 deny
contact NN obj 2
and CC cc 5
said VBD conj 2 say
so RB advmod 5
"""


def test_a_missing_source_is_the_subject_and_a_part_grows_to_its_phrase():
    doc = tree(DENIED)

    assert with_source(doc, draft(cue=[2], content=[3])).source == (0, 1)
    assert with_source(doc, draft(source=[0], cue=[2], content=[3])).source == (0, 1)
    assert with_source(doc, draft(cue=[5], content=[6])).source == (0, 1), "shared with the first verb"


ACCUSED = """
Men NNS nsubj 4 man
{} VBN acl 0 {}
of IN mark 3
arson NN obl 1
left VBD ROOT 4 leave
"""


@pytest.mark.parametrize(
    ("verb", "lemma", "source"), [("accused", "accuse", ()), ("convinced", "convince", (0,))]
)
def test_who_is_accused_is_not_who_accuses(verb, lemma, source):
    doc = tree(ACCUSED.format(verb, lemma))

    assert without_accused(doc, draft(source=[0], cue=[1], content=[3])).source == source


def test_a_subject_that_the_network_took_into_the_cue_is_no_source():
    doc = tree(DENIED)

    assert with_source(doc, draft(cue=[1, 2], content=[3])).source == ()


def test_of_a_source_in_pieces_the_subjects_is_kept():
    doc = tree(
        """
        Through IN case 1
        Everard NNP obl 5
        Pym_ NNP flat 1
        , , punct 1
        Tull NNP nsubj 5
        denied VBD ROOT 5 deny
        it PRP obj 5
        """
    )

    assert with_source(doc, draft(source=[1, 2, 4], cue=[5], content=[6])).source == (4,)


def test_whose_denial_it_is():
    doc = tree(
        """
        The DT det 1
        Kremlin_ NNP nmod:poss 3
        's POS case 1
        denial NN nsubj 5
        of IN case 5
        contact NN nmod 3
        """
    )

    assert words(doc, with_source(doc, draft(cue=[3, 4], content=[5])).source) == "The Kremlin 's"


CLAIMED = """
According VBG case 2
to IN fixed 0
Reuters_ NNP obl 5
, , punct 5
Dorn NNP nsubj 5
claimed VBD ROOT 5 claim
it PRP nsubj 7
fell VBD ccomp 5 fall
"""


def test_an_agency_passes_on_what_somebody_claims():
    doc = tree(CLAIMED)
    outer = draft([2], [0, 1], [4, 5, 6, 7])

    inner = passed_on(doc, outer, [outer])
    assert (words(doc, inner.source), words(doc, inner.cue), words(doc, inner.content)) == (
        "Dorn",
        "claimed",
        "it fell",
    )
    relayed = with_relay(doc, inner, [outer, inner])
    assert relayed.via == (2,)
    assert is_relay_only(doc, outer, [outer, relayed])
    assert passed_on(doc, draft([4], [5], [6, 7]), []) is None, "only agencies pass on"


def test_told_an_agency():
    doc = tree(
        """
        Dorn NNP nsubj 1
        told VBD ROOT 1 tell
        CNN NNP obj 1
        so RB advmod 1
        """
    )

    assert with_relay(doc, draft([0], [1], [3]), []).via == (2,)


def test_who_is_cited_speaks_through_the_agency():
    doc = tree(
        """
        It PRP nsubj 1
        fell_ VBD ccomp 4 fall
        , , punct 4
        Reuters NNP nsubj 4
        reported_ VBD ROOT 4 report
        , , punct 6
        citing VBG advcl 4 cite
        officials NNS obj 6 official
        """
    )
    reported, citing = draft([3], [4], [0, 1]), draft([3], [6], [7])

    assert with_cited(doc, [reported, citing]) == [draft([7], [4], [0, 1], via=[3])]


def test_marks_that_cannot_be_an_attribution_are_dropped():
    doc = tree(
        DENIED,
        attributions=[(range(2), range(6, 7), range(3, 4)), (range(2), range(2, 3), range(3, 4))],
    )

    assert [one.cue for one in drafts_of(doc, find_quotations(doc))] == [(2,)]


def test_a_content_cuts_no_name_in_two():
    doc = tree(
        """
        He PRP nsubj 1
        said VBD ROOT 1 say
        Cold NNP compound 3
        Chain NNP nsubj 4
        fell VBD ccomp 1 fall
        """,
        names=[(2, 4, "ORG")],
        attributions=[(range(1), range(1, 2), range(3, 5))],
    )

    assert drafts_of(doc, [])[0].content == (2, 3, 4)


TESTIFIED = """
Varga NNP nsubj 1
testified VBD ROOT 1 testify
that IN mark 5
Menon NNP nsubj 5
had VBD aux 5 have
said VBN ccomp 1 say
it PRP nsubj 7
fell VBD ccomp 5 fall
"""


def test_what_another_says_within_a_content_is_found_by_the_tree():
    doc = tree(TESTIFIED)

    [inner] = spoken(doc, [draft([0], [1], range(2, 8))])

    assert words(doc, inner.source) == "Menon"
    assert words(doc, inner.cue) == "had said"
    assert words(doc, inner.content) == "it fell"


def test_what_is_marked_already_is_left_to_the_network():
    doc = tree(TESTIFIED)

    assert not list(spoken(doc, [draft([0], [1], range(2, 8)), draft([3], [4, 5], [6, 7])]))


def test_what_the_network_marked_under_another_cue_is_not_found_again():
    doc = tree(TESTIFIED)

    marked = [draft([0], [1], range(2, 8)), draft([3], [2], [6, 7])]

    assert not list(spoken(doc, marked))


def said(doc, drafts=()):
    """Return source, cue and content of what the tree alone shows, as words."""
    return [
        tuple(words(doc, part) for part in (one.source, one.cue, one.content)) for one in spoken(doc, drafts)
    ]


def test_what_is_said_outside_of_any_content_is_found_by_the_tree_as_well():
    assert said(tree(TESTIFIED)) == [
        ("Varga", "testified", "that Menon had said it fell"),
        ("Menon", "had said", "it fell"),
    ]


def test_an_infinitive_is_said_only_by_who_speaks_of_himself():
    rows = """
    Varga NNP nsubj 1
    denied VBD ROOT 1 deny
    knowing VBG xcomp 1 know
    Menon NNP obj 2
    """

    assert said(tree(rows)) == [("Varga", "denied", "knowing Menon")]
    assert said(tree(rows.replace("denied VBD ROOT 1 deny", "said VBD ROOT 1 say"))) == []


def test_a_clause_without_a_subject_of_its_own_is_not_said():
    assert said(tree(TESTIFIED.replace("it PRP nsubj 7", "it PRP obj 7"))) == [
        ("Varga", "testified", "that Menon had said it fell")
    ]


ALLEGATION = """
The DT det 1
allegation NN nsubj 9
by IN case 3
Roe NNP nmod 1
that IN mark 6
Falk NNP nsubj 6
sank VBD acl 1 sink
it PRP obj 6
soon RB advmod 9
spread VBD ROOT 9 spread
"""


def test_what_a_noun_of_saying_has_behind_its_that_is_found_with_whose_it_is():
    [(source, cue, content)] = said(tree(ALLEGATION))

    assert source.split()[-1] == "Roe"
    assert (cue, content) == ("allegation", "that Falk sank it")


def test_a_noun_of_saying_without_a_voice_has_no_source():
    rows = ALLEGATION.replace("by IN case 3", "about IN case 3")

    assert said(tree(rows)) == [("", "allegation", "that Falk sank it")]


def test_a_noun_that_is_no_saying_or_has_a_relative_clause_says_nothing():
    assert said(tree(ALLEGATION.replace("allegation NN", "ferry NN"))) == []
    which = ALLEGATION.replace("that IN mark 6", "that WDT obj 6").replace("it PRP obj 6", "it PRP dep 6")
    assert said(tree(which)) == []


def test_a_relay_in_the_cue_is_taken_out_of_it():
    doc = tree(
        """
        Moor NNP nsubj 1
        stated VBD ROOT 1 state
        via IN case 3
        Tass NNP obl 1
        it PRP nsubj 5
        fell VBD ccomp 1 fall
        """
    )
    marked = draft([0], [1, 2, 3], [4, 5])

    found = with_relay(doc, marked, [marked])

    assert words(doc, found.cue) == "stated"
    assert words(doc, found.via) == "Tass"
