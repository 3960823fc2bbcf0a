"""What was extracted with another list, or without one, is to be read again."""

from extractors.mark import extractor_mark
from extractors.network import model_hash


def test_the_mark_changes_with_the_list_and_only_then(tmp_path):
    path = tmp_path / "own.tsv"
    path.write_text("Anna Berg\tPERSON\n")
    first = extractor_mark(path)

    path.write_text("Anna Berg\tPERSON\tBerg\n")
    second = extractor_mark(path)
    path.write_text("Anna Berg\tPERSON\n")

    assert extractor_mark(None) == model_hash()
    assert len({model_hash(), first, second}) == 3
    assert extractor_mark(path) == first
