"""What stands in for the trained pipeline: functions of a module, because workers are sent their names."""

import os
import signal
import time

from newsgraph.errors import ModelError
from newsgraph.records import Extraction


def load():
    """Load what names the first word of an article and fails on articles that ask for it."""
    return lambda articles: map(extract, articles)


def load_slowly():
    """Load what takes long enough for something to happen meanwhile."""

    def read(articles):
        for article in articles:
            time.sleep(0.05)
            yield extract(article)

    return read


def load_nothing():
    raise ModelError("no model here")


def extract(article):
    if "CRASH" in article.text:
        os.kill(os.getpid(), signal.SIGKILL)
    if "RAISE" in article.text:
        raise ValueError("two\nlines")
    return Extraction(article.id, article.text, article.title, article.published)
