"""Who stands where around a verb or a noun, on trees by hand."""

import pytest

from extractors.clauses import (
    are_each_other,
    has_particle,
    is_passive,
    meant,
    objects_of,
    obliques,
    owners_of,
    preposition_of,
    subjects_of,
    subjects_within,
)
from extractors.coordination import coordinated, group_around
from tests.extractors.trees import tree


def words(tokens):
    return [token.text for token in tokens]


def word(doc, text):
    [found] = [token for token in doc if token.text == text]
    return found


JOINED = """
Anna NNP nsubj 3
and CC cc 2
Carl NNP conj 0
met VBD ROOT 3 meet
Roe NNP obj 3
and CC cc 6
Falk NNP conj 4
"""
STRUCK = """
MQ-9 NNP nsubj:pass 2
was MD aux:pass 2 be
struck VBN ROOT 2 strike
by IN case 4
jet NN obl:agent 2
"""
SECOND_VERB = """
Anna NNP nsubj 1
left VBD ROOT 1 leave
and CC cc 3
met VBD conj 1 meet
Carl NNP obj 3
"""
AGREED = """
Anna NNP nsubj 1
agreed VBD ROOT 1 agree
to TO mark 3
meet VB xcomp 1 meet
Carl NNP obj 3
"""
ASKED = """
Anna NNP nsubj 1
asked VBD ROOT 1 ask
Roe NNP obj 1
to TO mark 4
meet VB xcomp 1 meet
Carl NNP obj 4
"""
FORCED = """
Anna NNP nsubj:pass 2
was MD aux:pass 2 be
forced VBN ROOT 2 force
to TO mark 4
leave VB xcomp 2 leave
"""
KEPT = """
Anna NNP nsubj 1
kept VBD ROOT 1 keep
Carl NNP obj 1
from IN mark 4
attacking VBG advcl 1 attack
Lund NNP obj 4
"""
WHO = """
Anna_ NNP nsubj 6
, , punct 3
who WP nsubj 3
met VBD acl:relcl 0 meet
Carl_ NNP obj 3
, , punct 3
left VBD ROOT 6 leave
"""
RELEASED = """
clip_ NN nsubj 6
, , punct 2
released VBN acl 0 release
by IN case 4
Lund_ NNP obl:agent 2
, , punct 2
spread VBD ROOT 6 spread
"""
KIDNAPPED = """
Kidnapped VBN advcl 3 kidnap
early_ RB advmod 0
, , punct 0
runs VBZ ROOT 3 run
Anna NNP nsubj 3
"""


@pytest.mark.parametrize(
    ("rows", "verb", "subjects"),
    [
        (JOINED, "met", ["Anna", "Carl"]),
        (SECOND_VERB, "met", ["Anna"]),
        (AGREED, "meet", ["Anna"]),
        (ASKED, "meet", ["Roe"]),
        (FORCED, "leave", ["Anna"]),
        (KEPT, "attacking", ["Carl"]),
        (WHO, "met", ["Anna"]),
        (STRUCK, "struck", []),
    ],
)
def test_who_acts(rows, verb, subjects):
    assert words(subjects_of(word(tree(rows), verb))) == subjects


@pytest.mark.parametrize(
    ("rows", "verb", "subjects"),
    [(STRUCK, "struck", ["MQ-9"]), (RELEASED, "released", ["clip"]), (KIDNAPPED, "Kidnapped", ["Anna"])],
)
def test_to_whom_it_is_done_in_the_passive(rows, verb, subjects):
    doc = tree(rows)

    assert is_passive(word(doc, verb))
    assert words(subjects_of(word(doc, verb), passive=True)) == subjects


def test_an_active_verb_is_not_passive():
    assert not is_passive(word(tree(JOINED), "met"))
    assert not is_passive(word(tree(WHO), "met"))


def test_joined_objects_are_all_given():
    assert words(objects_of(word(tree(JOINED), "met"))) == ["Roe", "Falk"]


GAVE = """
Anna NNP nsubj 1
gave VBD ROOT 1 give
Carl NNP iobj 1
drones NNS obj 1 drone
"""


def test_a_direct_object_goes_before_an_indirect_one_which_counts_alone():
    assert words(objects_of(word(tree(GAVE), "gave"))) == ["drones"]
    alone = GAVE.replace("drones NNS obj 1 drone", "gladly RB advmod 1")
    assert words(objects_of(word(tree(alone), "gave"))) == ["Carl"]


CONTACT = """
jet NN nsubj 1
came VBD ROOT 1 come
into IN case 3
contact NN obl 1
with IN case 5
drone NN {} 1
"""


@pytest.mark.parametrize("link", ["obl", "nmod", "obj"])
def test_a_phrase_is_known_by_its_preposition_whatever_the_tree_makes_of_it(link):
    came = word(tree(CONTACT.format(link)), "came")

    assert words(obliques(came, "with")) == ["drone"]
    assert words(obliques(came, "into")) == ["contact"]
    assert "drone" not in words(objects_of(came))


def test_a_preposition_right_before_the_phrase_may_hang_on_the_verb():
    doc = tree(
        """
        Anna NNP nsubj 1
        spoke VBD ROOT 1 speak
        with IN case 1
        his PRP$ nmod:poss 4
        brother NN obl 1
        """
    )

    assert preposition_of(word(doc, "brother")) == "with"
    assert preposition_of(word(doc, "Anna")) is None


WHOSE = """
Vireo_ NNP nsubj 7
, , punct 5
whose WP$ nmod:poss 3
chairman NN nsubj 5
has VBZ aux 5 have
left_ VBN acl:relcl 0 leave
, , punct 5
fell VBD ROOT 7 fall
"""


@pytest.mark.parametrize(("rows", "pronoun", "noun"), [(WHO, "who", "Anna"), (WHOSE, "whose", "Vireo")])
def test_a_relative_pronoun_means_the_noun_before_its_clause(rows, pronoun, noun):
    assert meant(word(tree(rows), pronoun)).text == noun


def test_any_other_word_means_itself():
    assert meant(word(tree(WHO), "Carl")).text == "Carl"


def test_whose_a_noun_is():
    assert words(owners_of(word(tree(WHOSE), "chairman"))) == ["Vireo"]
    assert not list(owners_of(word(tree(WHO), "Carl")))


EACH_OTHER = """
They PRP nsubj 1
met VBD ROOT 1 meet
each DT det 3
other JJ obj 1
"""


ACROSS = """
chief NN nsubj 8
of IN case 2
Staff NNP nmod 0
, , punct 4
Roe NNP appos 0
, , punct 7
and CC cc 7
Dahl NNP conj 2
spoke VBD ROOT 8 speak
"""


def test_who_is_joined_across_a_name_is_joined_to_whose_name_it_is():
    assert words(coordinated(word(tree(ACROSS), "chief"))) == ["chief", "Dahl"]


def test_each_other_is_both():
    assert are_each_other(word(tree(EACH_OTHER), "met"))
    assert not are_each_other(word(tree(JOINED), "met"))


def test_a_particle_stands_with_its_verb():
    doc = tree(
        """
        Anna NNP nsubj 1
        shot VBD ROOT 1 shoot
        down RP compound:prt 1
        drones NNS obj 1 drone
        """
    )

    assert has_particle(word(doc, "shot"), "down")
    assert not has_particle(word(doc, "shot"), "up")


AUNT = """
Roe NNP nsubj 9
and CC cc 3
her PRP$ nmod:poss 3
aunt_ NN conj 0
, , punct 5
Mara NNP appos 3
who WP nsubj 7
met VBD acl:relcl 5 meet
soon RB advmod 7
left VBD ROOT 9 leave
"""


def test_a_group_before_a_relative_clause_is_all_who_are_joined():
    doc = tree(AUNT)

    assert words(group_around([word(doc, "Mara")])) == ["Roe", "aunt"]
    assert words(group_around([word(doc, "Roe"), word(doc, "aunt")])) == ["Roe", "aunt"]
    assert words(coordinated(word(doc, "Roe"))) == ["Roe", "aunt"]


DENIED = """
officials NNS nsubj 1 official
denied VBD ROOT 1 deny
its PRP$ nmod:poss 3
jet NN obj 1
came VBD conj 1 come
near RB advmod 4
"""


def test_the_border_of_a_content_puts_the_subject_of_its_first_verb_right():
    came = word(tree(DENIED), "came")

    assert words(subjects_within(came, None)) == ["officials"]
    assert words(subjects_within(came, {2, 3, 4, 5})) == ["jet"]


AROUND = """
Anna NNP nsubj 1
left VBD ccomp 4 leave
, , punct 1
Carl NNP nsubj 4
said VBD ROOT 4 say
, , punct 8
and CC cc 8
{helper}
met VBN conj 4 meet
Roe NNP obj 8
"""


@pytest.mark.parametrize(
    ("rows", "subjects"),
    [
        (AROUND.format(helper="had VBD aux 8 have"), ["Anna"]),
        (AROUND.format(helper="then RB advmod 8"), ["Carl"]),  # it may be either
        (AROUND.format(helper="Dorn NNP nsubj 8"), ["Dorn"]),
        (AROUND.format(helper="had VBD aux 8 have").replace(", , punct 1", "” '' punct 1"), ["Carl"]),
    ],
)
def test_what_goes_on_behind_the_cue_is_done_by_whom_it_tells_of(rows, subjects):
    assert words(subjects_of(word(tree(rows), "met"))) == subjects


def test_a_verb_outside_of_a_content_or_with_a_subject_in_it_keeps_its_own():
    doc = tree(JOINED)

    assert words(subjects_within(word(doc, "met"), {4})) == ["Anna", "Carl"]
    assert words(subjects_within(word(doc, "met"), {0, 1, 2, 3, 4})) == ["Anna", "Carl"]


ACCUSES = """
banker NN ROOT 0
it PRP nsubj 2
accuses VBZ acl:relcl 0 accuse
of IN mark 4
helping VBG advcl 2 help
Carl NNP obj 4
"""


SENDS = """
Anna NNP nsubj 1
sent VBD ROOT 1 send
Carl NNP obj 1
to TO mark 4
meet VB advcl 1 meet
Roe NNP obj 4
"""


@pytest.mark.parametrize(("verb", "subject"), [("send", "Carl"), ("leave", "Anna")])
def test_who_is_sent_to_do_it_does_it(verb, subject):
    doc = tree(SENDS.replace("ROOT 1 send", f"ROOT 1 {verb}"))

    assert words(subjects_of(word(doc, "meet"))) == [subject]


def test_who_is_accused_may_stand_before_the_clause():
    doc = tree(ACCUSES)

    assert words(subjects_of(word(doc, "helping"))) == ["banker"]


def test_who_regrets_stands_before_a_clause_and_does_it():
    doc = tree(
        ACCUSES.replace("it PRP", "who WP").replace(
            "accuses VBZ acl:relcl 0 accuse", "repents VBZ acl:relcl 0 repent"
        )
    )

    assert words(subjects_of(word(doc, "helping"))) == ["banker"]


def test_the_day_on_which_somebody_spoke_of_leaving_does_not_leave():
    doc = tree(
        ACCUSES.replace("banker", "day").replace(
            "accuses VBZ acl:relcl 0 accuse", "spoke VBD acl:relcl 0 speak"
        )
    )

    assert words(subjects_of(word(doc, "helping"))) == ["it"]
