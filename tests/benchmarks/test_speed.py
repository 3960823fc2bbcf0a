"""The benchmark of speed still finds what it measures on."""

from benchmarks.speed import sample_articles


def test_the_sample_articles_are_all_there():
    articles = sample_articles()

    assert len(articles) == 10
    assert all(len(article.text) > 1000 for article in articles)
