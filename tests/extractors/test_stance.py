"""What a cue and a content say of the source's stance."""

import pytest

from extractors.stance import certainty_of, stance_of
from tests.extractors.trees import tree

DENIED = """
He PRP nsubj 1
denied VBD ROOT 1 deny
contact NN obj 1
"""
DID_NOT_DENY = """
He PRP nsubj 3
did MD aux 3 do
not RB advmod 3
deny VB ROOT 3
contact NN obj 3
"""
NEVER_SAID = """
He PRP nsubj 2
never RB advmod 2
said VBD ROOT 2 say
so RB advmod 2
"""
ASKED_WHETHER = """
He PRP nsubj 1
said VBD ROOT 1 say
whether IN mark 3
rain NN ccomp 1
fell VBD acl 3
"""
DECLINED = """
He PRP nsubj 1
declined VBD ROOT 1 decline
to TO mark 3
confirm VB xcomp 1
it PRP obj 3
"""
SAID = """
He PRP nsubj 1
said VBD ROOT 1 say
it PRP nsubj 4
may MD aux 4
rain VB ccomp 1
"""
NOT_SURE = """
Dorn NNP nsubj 1
said VBD ROOT 1 say
he PRP nsubj 5
was VBD cop 5
not RB advmod 5
sure JJ ccomp 1
"""
KNOWS = """
Dorn NNP nsubj 1
said VBD ROOT 1 say
he PRP nsubj 3
knew VBD ccomp 1 know
"""
DOUBTED = KNOWS.replace("knew VBD ccomp 1 know", "doubted VBD ccomp 1 doubt")
OTHERS_DOUBT = DOUBTED.replace("he PRP nsubj 3", "critics NNS nsubj 3")
NO_OFFICIAL = """
No DT det 1
official NN nsubj 2
confirmed VBD ROOT 2 confirm
it PRP obj 2
"""


DID_NOT_KNOW = """
Dorn NNP nsubj 1
said VBD ROOT 1 say
{} PRP nsubj 5
did VBD aux 5 do
not RB advmod 5
know VB ccomp 1 know
"""
ASKED_HIM_TO = """
She PRP nsubj 1
asked VBD ROOT 1 ask
him PRP iobj 1
to TO mark 4
leave VB xcomp 1
"""
ASKED_HIM_WHY = """
She PRP nsubj 1
asked VBD ROOT 1 ask
him PRP iobj 1
why WRB advmod 5
he PRP nsubj 5
left VBD ccomp 1 leave
"""
ASKED_FOR = """
She PRP nsubj 1
asked VBD ROOT 1 ask
Rua NNP iobj 1
for IN case 4
tents NNS obl 1
"""
RULED_OUT = """
Police NNS nsubj 1
ruled VBD ROOT 1 rule
out RP compound:prt 1
arson NN obj 1
"""
OVERTURNED = """
Judges NNS nsubj 1
overturned VBD ROOT 1 overturn
it PRP obj 1
"""


@pytest.mark.parametrize(
    ("rows", "cue", "content", "stance"),
    [
        (DENIED, [1], [2], "denies"),
        (DID_NOT_DENY, [3], [4], "undetermined"),
        (NEVER_SAID, [2], [3], "undetermined"),
        (NOT_SURE, [1], [2, 3, 4, 5], "undetermined"),
        (KNOWS, [1], [2, 3], "asserts"),
        (DOUBTED, [1], [2, 3], "undetermined"),
        (OTHERS_DOUBT, [1], [2, 3], "asserts"),
        (ASKED_WHETHER, [1], [2, 3, 4], "undetermined"),
        (DECLINED, [1, 2, 3], [4], "undetermined"),
        (DECLINED, [3], [4], "undetermined"),
        (SAID, [1], [2, 3, 4], "asserts"),
        (NO_OFFICIAL, [2], [3], "undetermined"),
        (DID_NOT_KNOW.format("he"), [1], [2, 3, 4, 5], "undetermined"),
        (DID_NOT_KNOW.format("I"), [1], [2, 3, 4, 5], "asserts"),
        (ASKED_HIM_TO, [1], [2, 3, 4], "asserts"),
        (ASKED_HIM_WHY, [1], [3, 4, 5], "undetermined"),
        (ASKED_FOR, [1], [4], "asserts"),
        (RULED_OUT, [1, 2], [3], "denies"),
        (RULED_OUT.replace("Police NNS nsubj", "never RB advmod"), [0, 1, 2], [3], "undetermined"),
        (OVERTURNED, [1], [2], "denies"),
    ],
)
def test_stance(rows, cue, content, stance):
    doc = tree(rows)

    assert stance_of([doc[place] for place in cue], [doc[place] for place in content]) == stance


def test_certainty_is_hedged_by_the_content_and_the_cue():
    doc = tree(SAID)
    cue, content = [doc[1]], [doc[2], doc[3], doc[4]]

    assert certainty_of("asserts", cue, content) == "possible"
    assert certainty_of("asserts", cue, [doc[2]]) == "certain"
    assert certainty_of("undetermined", cue, content) == "underspecified"
