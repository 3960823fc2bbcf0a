"""What the editor completes is what the graph has."""

import re

from graph.query import QUERIES
from graph.terms import NAMESPACES
from graph.views.vocabulary import vocabulary


def test_every_word_of_ours_in_the_saved_queries_is_offered():
    names = {word.name for word in vocabulary()}
    used = {
        f"{prefix}:{local}"
        for path in QUERIES.glob("*.rq")
        for prefix, local in re.findall(
            r"\b(ng|skos|schema|prov|nif):([A-Za-z]\w*)", re.sub(r"(?m)^#.*$", "", path.read_text("utf-8"))
        )
    }

    assert used
    assert used <= names


def test_every_prefix_is_offered_and_no_name_twice():
    names = [word.name for word in vocabulary()]

    assert {f"{prefix}:" for prefix in NAMESPACES} <= set(names)
    assert len(names) == len(set(names))


def test_terms_of_ours_say_what_they_mean():
    unsaid = [word.name for word in vocabulary() if word.name.startswith("ng:") and len(word.name) > 3]

    assert unsaid
    assert [word.name for word in vocabulary() if word.name in unsaid and not word.meaning] == []
