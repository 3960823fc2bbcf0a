from flows.reading import Placed, batched, read_articles
from newsgraph.records import Article, Rejection


def placed(*lengths):
    return [
        Placed(f"{number}.txt", Article(str(number), "x" * length)) for number, length in enumerate(lengths)
    ]


def sizes(batches):
    return [[len(each.article.text) for each in batch] for batch in batches]


def test_batches_are_full_but_for_the_last():
    assert sizes(batched(placed(1, 1, 1, 1, 1), size=2)) == [[1, 1], [1, 1], [1]]


def test_long_articles_make_small_batches():
    assert sizes(batched(placed(6, 3, 2, 50, 1), size=9, max_chars=10)) == [[6, 3], [2], [50], [1]]


def test_no_articles_no_batch():
    assert list(batched([], size=2)) == []


def test_a_bad_document_is_rejected_in_its_place(tmp_path):
    for name, text in {"1.txt": "Rain.", "2.txt": "", "3.txt": "Sun."}.items():
        (tmp_path / name).write_text(text)

    found = list(read_articles(["1.txt", "2.txt", "3.txt", "4.txt"]))

    assert found == [
        Placed("1.txt", Article("1", "Rain.")),
        Rejection("2.txt", "the file is empty"),
        Placed("3.txt", Article("3", "Sun.")),
        Rejection("4.txt", "cannot be read: No such file or directory"),
    ]
