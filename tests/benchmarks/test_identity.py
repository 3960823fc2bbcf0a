"""How identity is measured: B³ across articles, each thing of an article once; and that the floors hold."""

import pytest

from benchmarks.identity.__main__ import main
from benchmarks.identity.measure import figures
from benchmarks.identity.sets import PARTS, GoldArticle, GoldEntity, read_namesakes
from newsgraph.records import Article, TextSpan


def gold(name, **clusters):
    entities = tuple(
        GoldEntity(cluster, "PERSON", tuple(TextSpan(start, start + 1) for start in starts))
        for cluster, starts in clusters.items()
    )
    return GoldArticle(Article(name, "x" * 100), entities)


def test_a_thing_with_many_names_in_an_article_counts_once_there():
    articles = [gold("a", ann=[0, 2, 4]), gold("b", ann=[0]), gold("c", bob=[0])]
    keys = [("a", 0, 1), ("a", 2, 3), ("a", 4, 5), ("b", 0, 1), ("c", 0, 1)]

    apart = figures(articles, dict(zip(keys, ["1", "1", "1", "2", "3"], strict=True)))
    mixed = figures(articles, dict(zip(keys, ["1", "1", "1", "1", "1"], strict=True)))
    missed = figures(articles, dict(zip(keys[:4], ["1", "1", "1", "1"], strict=True)))

    assert (apart.precision, apart.recall) == pytest.approx((1, (0.5 + 0.5 + 1) / 3))
    assert (mixed.precision, mixed.recall) == pytest.approx(((2 / 3 + 2 / 3 + 1 / 3) / 3, 1))
    assert (missed.precision, missed.recall, missed.found) == pytest.approx((1, 1, 2 / 3))


@pytest.mark.parametrize(("part", "articles_there"), [*zip(PARTS, (36, 68, 36, 36), strict=True)])
def test_the_set_is_whole(part, articles_there):
    articles = read_namesakes(part)

    assert len(articles) == articles_there
    assert all(one.article.published for one in articles)
    assert all(entity.spans for one in articles for entity in one.entities)


@pytest.mark.model
@pytest.mark.slow
def test_the_floors_hold(capsys):
    assert main([]) == 0, capsys.readouterr().out
