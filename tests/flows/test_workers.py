import multiprocessing
import subprocess
import sys
import time
from pathlib import Path

import pytest

from flows.reading import Placed
from flows.workers import DIED, Workers, read_batch
from newsgraph.errors import ModelError
from newsgraph.records import Article, Extraction, Rejection
from tests.flows import fakes

ROOT = Path(__file__).parents[2]


def batch_of(*texts):
    return tuple(Placed(f"{number}.txt", Article(str(number), text)) for number, text in enumerate(texts))


def test_an_exception_costs_the_article_that_raised_it():
    read = read_batch(fakes.load, batch_of("Rain.", "RAISE", "Sun."))

    assert [type(one) for one in read] == [Extraction, Rejection, Extraction]
    assert read[1] == Rejection("1.txt", "cannot be read: ValueError: two lines")


def test_without_a_model_no_article_is_to_blame():
    with Workers(1, fakes.load_nothing) as workers:
        batch = batch_of("Rain.")

        with pytest.raises(ModelError, match="no model here"):
            workers.result(batch, workers.submit(batch))


def test_the_death_of_a_worker_costs_the_article_that_killed_it():
    good, bad = batch_of("Rain.", "Sun."), batch_of("Rain.", "Sun.", "CRASH", "Snow.")
    with Workers(2, fakes.load) as workers:
        under_way = [(batch, workers.submit(batch)) for batch in (good, bad, good)]
        read = [workers.result(*each) for each in under_way]
        after = workers.result(good, workers.submit(good))

    assert [len(each) for each in read] == [2, 4, 2]
    assert [one for each in read for one in each if isinstance(one, Rejection)] == [Rejection("2.txt", DIED)]
    assert [one.article.text for one in after] == ["Rain.", "Sun."]


def test_no_process_is_left_behind():
    def interrupted_run():
        with Workers(2, fakes.load) as workers:
            workers.submit(batch_of("Rain."))
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted_run()

    assert not multiprocessing.active_children()


def test_workers_end_when_the_run_is_killed():
    code = """if True:
        import os, time
        from flows.workers import Workers
        from tests.flows.test_workers import batch_of, fakes
        if __name__ == "__main__":
            workers = Workers(1, fakes.load)
            batch = batch_of("Rain.")
            workers.result(batch, workers.submit(batch))
            print(*workers._pool._processes, flush=True)
            time.sleep(60)
    """
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, cwd=ROOT) as run:
        worker = int(run.stdout.readline())

        run.kill()

    assert ends_within(worker, seconds=10)


def ends_within(process, *, seconds):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            state = Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[0]
        except FileNotFoundError:
            return True
        if state == "Z":
            return True
        time.sleep(0.05)
    return False
