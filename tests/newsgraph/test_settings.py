from pathlib import Path

import pytest

from newsgraph.errors import SettingsError
from newsgraph.settings import Settings, load_settings


def test_defaults(tmp_path):
    assert load_settings(tmp_path, {}) == Settings()
    assert Settings().raw_dir == Path("data/raw")


def test_the_environment_goes_before_the_file(tmp_path):
    (tmp_path / "newsgraph.toml").write_text('graph_dir = "one"\nworkers = 3\n')

    settings = load_settings(tmp_path, {"NEWSGRAPH_GRAPH_DIR": "two", "NEWSGRAPH_DEBUG": "1", "PATH": "x"})

    assert (settings.graph_dir, settings.workers) == (Path("two"), 3)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("workers = 0", "setting workers must be a whole number above 0, not 0"),
        ('workers = "many"', "not 'many'"),
        ("worker = 2", "unknown setting 'worker'; known: backup_dir, batch_size, "),
        ("workers 2", "newsgraph.toml: "),
        ("graph_dir = 3", "setting graph_dir must be the name of a file or folder, not 3"),
        ('graph_dir = "newsgraph.toml"', "graph_dir must be the name of a folder; newsgraph.toml is a file"),
        ('raw_dir = ""', "setting raw_dir must be the name of a file or folder, not ''"),
    ],
)
def test_what_does_not_fit_is_told(tmp_path, text, message, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "newsgraph.toml").write_text(text)

    with pytest.raises(SettingsError) as caught:
        load_settings(tmp_path, {})

    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_byte_order_mark_is_no_setting(tmp_path):
    (tmp_path / "newsgraph.toml").write_text("\ufeffworkers = 3\r\n")

    assert load_settings(tmp_path, {}).workers == 3


def test_settings_that_cannot_be_read_are_told(tmp_path):
    (tmp_path / "newsgraph.toml").write_bytes(b"\xff")
    with pytest.raises(SettingsError, match=r"newsgraph.toml: the file is no UTF-8 text$"):
        load_settings(tmp_path, {})

    (tmp_path / "newsgraph.toml").unlink()
    (tmp_path / "newsgraph.toml").mkdir()
    with pytest.raises(SettingsError, match=r"newsgraph.toml: cannot be read: Is a directory$"):
        load_settings(tmp_path, {})


def test_a_contact_is_an_address():
    assert load_settings(Path(), {"NEWSGRAPH_CONTACT": "desk@wire.example"}).contact == "desk@wire.example"
    for wrong in ("me", "a@b.example\r\nCookie: x", "é@b.example"):
        with pytest.raises(SettingsError, match="must be a mail or web address"):
            load_settings(Path(), {"NEWSGRAPH_CONTACT": wrong})


def test_a_remote_store_is_a_web_address_without_secrets():
    for fits in ("https://sparql.example/news/update", "http://127.0.0.1:7878/update?x=1", ""):
        assert load_settings(Path(), {"NEWSGRAPH_REMOTE_STORE": fits}).remote_store == fits
    for wrong in ("sparql.example", "ftp://h/", "http:///x", "http://h/a b", "http://h:port/", "http://h/#x"):
        with pytest.raises(SettingsError, match="setting remote_store"):
            load_settings(Path(), {"NEWSGRAPH_REMOTE_STORE": wrong})
    with pytest.raises(SettingsError, match="NEWSGRAPH_REMOTE_PASSWORD") as caught:
        load_settings(Path(), {"NEWSGRAPH_REMOTE_QUERY": "https://ann:secret@h/"})
    assert "secret" not in str(caught.value)
