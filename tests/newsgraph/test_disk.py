import pytest

from newsgraph.disk import write_whole


@pytest.mark.parametrize("lasting", [True, False])
def test_a_file_is_replaced_and_nothing_is_left_beside_it(tmp_path, lasting):
    path = tmp_path / "state.json.gz"

    write_whole(path, b"first", lasting=lasting)
    write_whole(path, b"second", lasting=lasting)

    assert [(one.name, one.read_bytes()) for one in tmp_path.iterdir()] == [("state.json.gz", b"second")]


def test_what_cannot_be_written_leaves_the_file_as_it_was(tmp_path):
    path = tmp_path / "state.json"
    path.write_bytes(b"first")
    (tmp_path / "state.json.new").mkdir()  # stands in the way, as a full disk does

    with pytest.raises(OSError, match=r"state\.json\.new"):
        write_whole(path, b"second")

    assert path.read_bytes() == b"first"


def test_what_a_killed_run_left_half_written_is_overwritten(tmp_path):
    path = tmp_path / "state.json"
    (tmp_path / "state.json.new").write_bytes(b"half of something much longer")

    write_whole(path, b"whole")

    assert path.read_bytes() == b"whole"
    assert not (tmp_path / "state.json.new").exists()
