"""Whom a pronoun means in the paragraph behind somebody else's words: hardly one whose name is a man's."""

import pytest

from tests.extractors.reading import read


def whom(extraction, phrase):
    """Return whom the pronoun that a phrase begins with means, and whether that is sure."""
    start = extraction.text.index(phrase)
    [pronoun] = [one for one in extraction.mentions if one.start == start]
    [entity] = [one for one in extraction.entities if one.id == pronoun.entity]
    return entity.name, pronoun.is_sure


@pytest.mark.parametrize(
    ("text", "phrase", "name"),
    [
        (
            "Marta Quill mapped the sea floor off Norland. She was born in Hesper in 1931.\n\n"
            '"She never threw away a notebook," said Edwin Sarre, who runs the archive.\n\n'
            "In 1974 she accused the navy of hiding soundings.",
            "she accused",
            "Marta Quill",
        ),
        (
            "Elena Marsh became the first woman to lead the coast guard, in 1994.\n\n"
            'Admiral Robert Crane, who had opposed her appointment, later called it "a good decision".\n\n'
            "At the time she commanded a fleet of nine cutters.",
            "she commanded",
            "Elena Marsh",
        ),
        (
            "Harbour chief Anton Velde was dismissed on Monday. He had led the port since 2011.\n\n"
            '"The audit speaks for itself," said transport minister Ida Krog.\n\n'
            "In March he rejected calls to resign.",
            "he rejected",
            "Anton Velde",
        ),
        (  # who spoke last goes on, where nothing speaks against it
            "Mayor Rosa Bell has promised to rebuild the bridge by winter.\n\n"
            "Councillor David Finch said the plan was a fantasy.\n\nHe pointed to the cost of steel.",
            "He pointed",
            "David Finch",
        ),
    ],
)
def test_who_bears_a_mans_name_is_not_she(nlp, text, phrase, name):
    assert whom(read(nlp, text), phrase) == (name, True)


@pytest.mark.parametrize(
    ("opening", "is_sure"), [("Last year she missed", False), ("She added that she missed", True)]
)
def test_in_a_new_paragraph_a_name_of_no_known_gender_is_not_sure(nlp, opening, is_sure):
    text = (
        "Swimmer Ines Falk broke the record. She touched in 52.11 seconds.\n\n"
        f'"It is only the beginning," said national coach Berrin Tolk.\n\n{opening} the championships.'
    )

    assert whom(read(nlp, text), opening[opening.lower().index("she") :]) == ("Berrin Tolk", is_sure)


def test_a_surname_may_be_that_of_a_daughter_of_whom_the_text_names_in_full(nlp):
    text = "Lorne was born in Hesper, the daughter of the pilot Thomas Lorne. She was married twice."

    assert whom(read(nlp, text), "She was")[1]
