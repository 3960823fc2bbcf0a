"""What lies beside the store for its writer, prints.db and odds.db: opened when a batch asks for it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import Store

from graph.held import versions
from newsgraph.records import Article

if TYPE_CHECKING:
    from graph.block_odds import BlockOdds
    from graph.prints import Prints


class Asides:
    """Both, for as long as one writer has them. With NumPy, so that whoever only reads loads neither."""

    def __init__(self, graph_dir: Path, store: Store, kept: Path) -> None:
        """Take the folder, the store that a writer changes in it, and the folder of the kept extractions."""
        self._graph_dir, self._store, self._kept = graph_dir, store, kept
        self._opened: tuple[Prints, BlockOdds] | None = None
        self._gone: list[Article] = []  # whose prints go when that is published

    def opened(self, published: str) -> tuple[Prints, BlockOdds]:
        """Return both, as they belong to what the store holds now.

        Args:
            published: What was published of it last: the name of a checkpoint, or aside.REBUILT.
        """
        if self._opened is None:
            from graph.block_odds import BlockOdds
            from graph.prints import prints_beside

            odds = BlockOdds(self._graph_dir)
            odds.begin_unless_beside(published)
            self._opened = prints_beside(self._graph_dir, self._store, self._kept, published), odds
        return self._opened

    def goes(self, article: Article) -> None:
        """Note that a text of an article goes."""
        self._gone.append(article)

    def bring_in_step(self, before: str, checkpoint: str) -> None:
        """Note that what the store holds is a checkpoint now; ``before`` is as for :meth:`opened`."""
        from graph import block_odds, prints
        from graph.copies import print_of

        if self._opened is None:
            for file, opened in ((prints.FILE, prints.Prints), (block_odds.FILE, block_odds.BlockOdds)):
                if (self._graph_dir / file).exists():
                    one = opened(self._graph_dir)
                    one.follow(before, checkpoint)
                    one.close()
            return
        there = (versions(self._store, one.id) for one in self._gone)
        gone = [one for one, held in zip(self._gone, there, strict=True) if one.version_id not in held]
        self._opened[0].drop(prints.text_of(one, print_of(one)) for one in gone)
        for one in self._opened:
            one.is_beside(checkpoint)
        self._gone.clear()

    def close(self) -> None:
        """Let go of the files."""
        for one in self._opened or ():
            one.close()
