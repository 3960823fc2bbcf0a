"""The load of benchmarks/load.py, for some seconds."""

import shutil

from benchmarks.load import Load, pack, served, write, written_meanwhile


def test_all_answers_are_right_while_articles_are_written_and_an_endless_query_runs(tmp_path):
    graph_dir, kept = tmp_path / "graph", tmp_path / "kept"
    write(graph_dir, 0)
    some = {name: text for name, text in pack().items() if name in SOME}
    with served(graph_dir, time_limit=10) as port:
        load = Load(port, some, kept)
        with written_meanwhile(graph_dir, kept, first=1):
            for _ in range(10):  # on a busy machine the writer takes its time
                load.run(clients=8, seconds=3)
                if len({checkpoint for checkpoint, _, _ in load.answers}) > 1:
                    break

    assert set(load.statuses) == {200}
    assert len({checkpoint for checkpoint, _, _ in load.answers}) > 1
    assert load.wrong() == []
    assert set(load.endless) == {504}


SOME = ("who_denied_what", "contacts", "evidence_of_edges", "stance_matrix")


def test_a_wrong_answer_is_found(tmp_path):
    graph_dir, kept = tmp_path / "graph", tmp_path / "kept"
    write(graph_dir, 0)
    with served(graph_dir, time_limit=10) as port:
        load = Load(port, {"contacts": pack()["contacts"]}, kept)
        with written_meanwhile(graph_dir, kept, first=1):
            load.run(clients=1, seconds=1, endless=0)
        [checkpoint, *_] = {checkpoint for checkpoint, name, _ in load.answers if name == "contacts"}
        load.answers[checkpoint, "contacts", "other"] = b'{"results": {"bindings": []}}'
        load.answers["9-x", "contacts", "other"] = b'{"results": {"bindings": []}}'

        assert load.wrong() == [
            f"contacts: not what checkpoint {checkpoint} holds",
            "contacts: of checkpoint '9-x', which there never was",
        ]
    shutil.rmtree(kept)
