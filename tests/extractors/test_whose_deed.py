"""Whose deed it was and whether it was done, where the words or the tree may mislead."""

import pytest

from tests.extractors.reading import read, told, triples


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        (
            "Anna Berg lobbied Carl Dorn to sue Norvik Bank.",
            ("Carl Dorn", "sued", "possible", "Norvik Bank"),
        ),
        (
            "Unity is calling on Anna Berg to resign and sue Norvik Bank.",
            ("Anna Berg", "sued", "possible", "Norvik Bank"),
        ),
        ("Carl Dorn helped found Norvik Bank.", ("Carl Dorn", "founded", "actual", "Norvik Bank")),
        ("Carl Dorn co-founded Norvik Bank.", ("Carl Dorn", "founded", "actual", "Norvik Bank")),
        ("Hackers attacked Norvik Bank on Monday.", ("Hackers", "hacked", "actual", "Norvik Bank")),
        ("Anna Berg met presidential candidate Carl Dorn.", ("Anna Berg", "met", "actual", "Carl Dorn")),
        (
            "Dana Holm interviewed Anna Berg and Carl Dorn.",
            ("Dana Holm", "spokeWith", "actual", "Carl Dorn"),
        ),
        (
            "Anna Berg, accompanied by Carl Dorn, visited Norway.",
            ("Anna Berg", "appearedWith", "actual", "Carl Dorn"),
        ),
        (
            "Anna Berg received a call from Carl Dorn on Monday.",
            ("Anna Berg", "spokeWith", "actual", "Carl Dorn"),
        ),
        ("Anna Berg, a Unity member, resigned.", ("Anna Berg", "memberOf", "actual", "Unity")),
        ("Anna Berg assailed Carl Dorn on Monday.", ("Anna Berg", "criticised", "actual", "Carl Dorn")),
        ("Anna Berg blasted Norvik Bank on Monday.", ("Anna Berg", "criticised", "actual", "Norvik Bank")),
    ],
)
def test_who_is_asked_made_or_given_it_does_it(nlp, text, relation):
    assert relation in told(read(nlp, text))


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        ("Norvik Fund is a group that is devoted to defeating Carl Dorn.", ("defeated", "planned")),
        ("Anna Berg opted against suing Carl Dorn.", ("NOT sued", "actual")),
        ("Carl Dorn contributed to Anna Berg's victory over Dana Holm.", ("defeated", "actual")),
        ("The reason behind Anna Berg's dismissal of Carl Dorn is unknown.", ("dismissed", "actual")),
        ("“Did Carl Dorn meet Dana Holm? We can not say,” Anna Berg said.", ("met", "hypothetical")),
        ("A war between Norway and Denmark seemed inevitable.", ("fought", "possible")),
        ("It is not surprising that Anna Berg sued Carl Dorn.", ("sued", "actual")),
        ("Anna Berg is leaning toward suing Carl Dorn.", ("sued", "possible")),
        ("Dana Holm was charged with killing Carl Dorn.", ("killed", "possible")),
        ("Norvik City scored twice to beat Lund City.", ("defeated", "actual")),
        ("Norvik Bank has yet to sue Carl Dorn.", ("NOT sued", "actual")),
        ("It matters if it was a firm that was sued by Carl Dorn.", ("sued", "hypothetical")),
        ("No surprise Anna Berg defeated Carl Dorn.", ("defeated", "actual")),
        ("In addition to the drama at home, Anna Berg sued Carl Dorn.", ("sued", "actual")),
        ("In the film, Anna Berg sued Carl Dorn.", ("sued", "hypothetical")),
        ("Anna Berg would have met with Carl Dorn three times.", ("met", "hypothetical")),
        ("At times Anna Berg would meet with Carl Dorn in Lund.", ("met", "actual")),
        ("Anna Berg was surprised to meet Carl Dorn.", ("met", "actual")),
        ("Anna Berg could manage without meeting Carl Dorn.", ("NOT met", "possible")),
        ("Unity chose Anna Berg rather than Carl Dorn.", ("NOT choose", "actual")),
    ],
)
def test_told_as_done_foretold_or_not_done(nlp, text, relation):
    assert relation in {(predicate, modality) for _, predicate, modality, _ in told(read(nlp, text))}


@pytest.mark.parametrize(
    ("text", "predicate"),
    [
        ("The jury found Carl Dorn not guilty.", "convicted"),
        ("Anna Berg vowed to fight violence against Carl Dorn.", "fought"),
        ("Officials are raising money to fight Carl Dorn.", "fought"),
        ("His father refused to call him Ted, Carl Dorn said.", "spokeWith"),
        ("The ship sailed near the Spratly Islands, which Norway calls the Nansha Islands.", "spokeWith"),
        ("Anna Berg called Carl Dorn onto the stage.", "spokeWith"),
        ("Carl Dorn was joined by Dana Holm in condemning the law.", "appearedWith"),
        ("They let people into our country who support our people.", "supported"),
        ("Anna Berg is scheduled to call on Carl Dorn during the visit.", "askedOf"),
        ("Anna Berg has to support her husband and three children.", "supported"),
        ("It is a match with Anna Berg taking on defending champion Carl Dorn.", "supported"),
        ("The law would confer honours on children born to Danish mothers.", "spokeWith"),
        ("Anna Berg changed her name, Hanna Dal, as a teenager.", "change"),
        ("Anna Berg broke the record to erase Carl Dorn's mark.", "erase"),
        ("Anna Berg is losing support to Carl Dorn.", "defeated"),
        ("Anna Berg has never heard Carl Dorn say it.", "hear"),
        ("Anna Berg recommended arresting Carl Dorn.", "arrested"),
        ("Anna Berg proposed barring all Danes from entering Norway.", "sanctioned"),
        ("Unity spent millions courting the miners in Narvik, a town in Norway.", "court"),
        ("Unity voted against keeping Danes in the country.", "vote"),
        ("Police took the files of the victims and turned them over to Norway.", "extradited"),
        ("The academy is charging students more than $30,000.", "charged"),
        ("Norway received thousands of refugees from Denmark.", "met"),
        ("The candidate's attacks on Danes went on.", "attacked"),
        ("Three lawyers, Anna Berg, Carl Dorn and Dana Holm, agreed that the law is good.", "agreedWith"),
        ("Anna Berg flew back to Norway.", "visited"),
        ("Anna Berg did not buy Norvik Bank to impress anybody.", "NOT acquired"),
        ("Carl Dorn, the head of product policy at Norvik, resigned.", "leads"),
        ("Nelson Diaz, the chairman of the Unity Party in Lund, resigned.", "leads"),
        ("Former prosecutor and Lund mayor Anna Berg resigned.", "leads"),
        ("Anna Berg, Unity's finance chairman, resigned.", "leads"),
        ("Anna Berg, Norway's ambassador to Laos from 2007 to 2013, agreed.", "holdsPostAt"),
        ("U.S. District Judge Carl Dorn fined Norvik Bank.", "holdsPostAt"),
        ("Anna Berg spoke at a town hall in Lund.", "locatedIn"),
        ("The base outside Lund is closed.", "locatedIn"),
        (
            "The battle between the corn and oil industries — weeks before the vote in Norway — ended.",
            "fought",
        ),
    ],
)
def test_what_is_no_such_deed(nlp, text, predicate):
    assert predicate not in {told_so for _, told_so, _, _ in told(read(nlp, text))}


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        ("The jury found Carl Dorn guilty of fraud.", ("jury", "convicted", "Carl Dorn")),
        ("Norway fought against Denmark in 1807.", ("Norway", "fought", "Denmark")),
        ("The rebels fought Carl Dorn.", ("rebels", "fought", "Carl Dorn")),
        ("Anna Berg called Carl Dorn on Monday.", ("Anna Berg", "spokeWith", "Carl Dorn")),
        ("Anna Berg lost the race to Carl Dorn.", ("Carl Dorn", "defeated", "Anna Berg")),
        ("Police turned Carl Dorn over to Norway.", ("Police", "extradited", "Carl Dorn")),
        ("Prosecutors charged Carl Dorn with fraud.", ("Prosecutors", "charged", "Carl Dorn")),
        ("Anna Berg greeted Carl Dorn in Lund.", ("Anna Berg", "met", "Carl Dorn")),
        ("The first Dane to visit Norway, Anna Berg, flew to Laos.", ("Anna Berg", "visited", "Laos")),
        ("Carl Dorn was joined by Dana Holm in Lund.", ("Carl Dorn", "appearedWith", "Dana Holm")),
        ("Anna Berg called on Carl Dorn to resign.", ("Anna Berg", "askedOf", "Carl Dorn")),
        ("Anna Berg called on Carl Dorn for help.", ("Anna Berg", "askedOf", "Carl Dorn")),
        ("Anna Berg conferred with Carl Dorn.", ("Anna Berg", "spokeWith", "Carl Dorn")),
        ("Anna Berg has to support Carl Dorn.", ("Anna Berg", "supported", "Carl Dorn")),
        (
            "Yesterday, Lund Mayor Dana Holm, Norvik Bank secretary C. Dorn and engineers visited the site.",
            ("C. Dorn", "holdsPostAt", "Norvik Bank"),
        ),
        (
            "Anna Berg has support from parties backing Carl Dorn and also from Dana Holm.",
            ("parties", "supported", "Carl Dorn"),
        ),
        ("Danes lived near Lund, which Norway attacked.", ("Norway", "attacked", "Lund")),
        ("The gunman's attack on police went on.", ("gunman", "attacked", "police")),
        ("Norway and Denmark agreed on Monday.", ("Norway", "agreedWith", "Denmark")),
        ("Anna Berg, Norway's ambassador to Laos, agreed.", ("Anna Berg", "holdsPostAt", "Norway")),
        ("Anna Berg, Unity's chairman, resigned.", ("Anna Berg", "leads", "Unity")),
        ("Anna Berg flew to Norway.", ("Anna Berg", "visited", "Norway")),
        (
            "Anna Berg will speak at Norvik headquarters in Lund.",
            ("Norvik headquarters", "locatedIn", "Lund"),
        ),
        ("Anna Berg praised the exile who founded the aid group Hilfe.", ("exile", "founded", "Hilfe")),
        (
            "They include Carl Dorn, with whom Anna Berg spoke; and Dana Holm, the secretary of state.",
            ("Anna Berg", "spokeWith", "Carl Dorn"),
        ),
        (
            "Carl Dorn is the founder of Norvik and a Unity Party mega-donor.",
            ("Carl Dorn", "founded", "Norvik"),
        ),
        (
            "Carl Dorn is the son of immigrants and the first governor of Lund.",
            ("Carl Dorn", "relativeOf", "immigrants"),
        ),
    ],
)
def test_the_deed_itself_is_told_and_nothing_beside(nlp, text, relation):
    subject, predicate, _ = relation
    alike = [one for one in triples(read(nlp, text)) if one[:2] == (subject, predicate)]

    assert alike == [relation]
