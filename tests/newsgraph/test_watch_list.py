import pytest

from newsgraph.errors import SettingsError
from newsgraph.watch_list import read_watch_list


def written(folder, text):
    path = folder / "own.tsv"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_line_tells_name_type_aliases_and_identifier(tmp_path):
    path = written(tmp_path, "# mine\n\nHalvard Metals\tORG\tHalvard|HM Group\tQ42\nAnna Berg\tPERSON\n")

    first, second = read_watch_list(path).watched

    assert (first.key, first.type, first.aliases) == ("own/halvard-metals", "ORG", ("Halvard", "HM Group"))
    assert first.same_as == ("http://www.wikidata.org/entity/Q42",)
    assert (second.key, second.same_as) == ("own/anna-berg", ())


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("Anna Berg", "type '' in the second column; write one of PERSON"),
        ("Anna Berg\tWOMAN", "type 'WOMAN' in the second column; write one of PERSON"),
        ("\tPERSON", "no name in the first column"),
        ("Anna Berg\tPERSON\t\tmine", "identifier 'mine'; write one of Wikidata (Q212), an IRI"),
        ("Anna Berg\tPERSON\t\thttps://a b", "write one of Wikidata"),
        ("Anna Berg\tPERSON\ta\tQ1\tx", "more than four columns"),
        ("Carl Dorn\tPERSON", "'Carl Dorn' as PERSON is a name of 'Carl Dorn' as well; keep one of them"),
    ],
)
def test_a_bad_line_is_told_with_its_place_and_the_mend(tmp_path, line, message):
    path = written(tmp_path, f"Carl Dorn\tPERSON\t\tQ7\n{line}\n")

    with pytest.raises(SettingsError) as caught:
        read_watch_list(path)

    assert str(caught.value).startswith(f"{path}:2: ")
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_missing_file_is_told(tmp_path):
    with pytest.raises(SettingsError, match="watch_list must name a readable file"):
        read_watch_list(tmp_path / "none.tsv")
