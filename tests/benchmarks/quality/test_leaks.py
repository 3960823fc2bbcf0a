from benchmarks.quality.leaks import LENGTH, find_leaks
from extractors.training.samples import SPACE, Sample


def sample(name, text):
    words = tuple(text.split())
    return Sample("x", name, words, (SPACE,) * len(words))


LONG = " ".join(f"word{number}" for number in range(LENGTH + 2))


def test_a_sentence_that_was_learned_from_is_found_whatever_its_case_and_commas():
    [leak] = find_leaks(
        "dev", [sample("a", LONG), sample("b", "short")], {"one": [sample("c", LONG.upper())]}
    )

    assert (leak.corpus, leak.found, leak.of, leak.documents) == ("one", 3, 3, ("a",))


def test_a_phrase_of_many_texts_is_no_leak():
    trained = [sample(str(number), f"{LONG} {number}") for number in range(3)]

    assert find_leaks("dev", [sample("a", LONG)], {"one": trained}) == []


def test_other_text_is_no_leak():
    other = LONG.replace("word7", "else")

    assert find_leaks("dev", [sample("a", LONG)], {"one": [sample("c", other)]}) == []
