from flows.journal import FILE_NAME, mark_ingested, pending


def test_a_file_is_ingested_once_and_again_when_it_grows(tmp_path):
    one, two = (tmp_path / name for name in ("one.warc.gz", "two.warc.gz"))
    one.write_bytes(b"1")
    two.write_bytes(b"22")
    files = pending(tmp_path, [str(one), str(two)])
    assert files == {str(one): 1, str(two): 2}

    mark_ingested(tmp_path, files)
    two.write_bytes(b"22222")

    assert pending(tmp_path, [str(one), str(two)]) == {str(two): 5}


def test_a_journal_that_is_broken_or_gone_costs_time_only(tmp_path):
    one = tmp_path / "one.warc.gz"
    one.write_bytes(b"1")
    mark_ingested(tmp_path, {str(one): 1})

    (tmp_path / FILE_NAME).write_bytes(b"x\tnonsense\n\xff\xfe\n5")

    assert pending(tmp_path, [str(one)]) == {str(one): 1}
