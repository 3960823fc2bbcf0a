"""The measuring of views, on a small store."""

from benchmarks.views import main
from graph.store import open_writer
from graph.views.entity import PARTS
from tests.graph.made import RUN, spoken


def test_each_kind_of_view_is_measured(tmp_path, capsys):
    with open_writer(tmp_path) as writer:
        writer.add([spoken("a", ("Ida Jung", "said"))], RUN)

    main([str(tmp_path), "--most", "1"])

    told = [line.split()[4] for line in capsys.readouterr().out.splitlines()]
    once = ("article", "dispute", "runs", "start")
    assert sorted(told) == sorted([*once, *["entity"] * len(PARTS), *["network"] * 4, *["search"] * 2])
