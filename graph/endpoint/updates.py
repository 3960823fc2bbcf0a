"""What an update of a client may do: checked word by word, before it is run.

The graphs under newsgraph's own namespace follow from the articles and from reviewers' decisions: numbers in
them are counted up and down as articles come and go, and one triple changed by hand would make them wrong for
good. A client may write any other named graph, and has to name it. docs/decisions/0021
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from graph.endpoint.tokens import Token, tokens_of, written_anew
from graph.terms import BASE, NAMESPACES, is_own_graph
from newsgraph.errors import QueryError, RefusedError

_END = Token("other", "", 0, "")


class Update(NamedTuple):
    """An update as it is run."""

    text: str
    prefixes: dict[str, str]


class Dataset(NamedTuple):
    """The graphs that a request names beside its text; None: it names none."""

    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.default or self.named)


def read_update(text: str, base: str, *, using: Dataset | None = None, any_graph: bool = False) -> Update:
    """Return an update that changes only what a client may change.

    Args:
        text: SPARQL 1.1 Update; newsgraph's prefixes need not be declared.
        base: The IRI that relative ones are resolved against.
        using: What using-graph-uri and using-named-graph-uri gave, if they did.
        any_graph: The store holds no articles, and everything may be written.

    Raises:
        QueryError: If it is no update.
        RefusedError: If it would write what only newsgraph writes, or reach out of the store.
    """
    tokens = list(tokens_of(text, NAMESPACES, base))
    walk = _Walk(tokens, any_graph=any_graph)
    walk.run()
    if using:
        tokens = _with_using(tokens, walk, using)
    return Update(*written_anew(tokens))


def check_writable(graph: str | None, *, any_graph: bool) -> None:
    """Say in one line why a graph (None: the default one) is not a client's to write, if it is not.

    Raises:
        RefusedError: If it is newsgraph's own.
    """
    if any_graph:
        return
    if graph is None:
        raise RefusedError("the default graph here is all graphs together: name the graph to write")
    if is_own_graph(graph):
        raise RefusedError(
            f"<{graph}> is newsgraph's own, made from the articles: write to a graph outside <{BASE}>"
        )


def _with_using(tokens: Sequence[Token], walk: _Walk, using: Dataset) -> list[Token]:
    if walk.has_dataset:
        raise QueryError("the graphs to use are given twice: in the text (USING, WITH) and as parameters")
    clause = [
        part
        for word, iris in (((), using.default), (("NAMED",), using.named))
        for iri in iris
        for part in (*(Token("word", each, 0, " ") for each in ("USING", *word)), Token("iri", iri, 0, " "))
    ]
    return [
        part
        for position, token in enumerate(tokens)
        for part in ((*clause, Token("word", token.text, 0, " ")) if position in walk.wheres else (token,))
    ]


class _Walk:
    """Goes through the operations of an update, one method for each form of them."""

    def __init__(self, tokens: Sequence[Token], *, any_graph: bool) -> None:
        self._tokens, self._any_graph, self._at = tokens, any_graph, 0
        self.wheres = set[int]()  # where WHERE stands before a pattern that USING may govern
        self.has_dataset = False

    def run(self) -> None:
        while self._at < len(self._tokens):
            self._operation()
            if self._at < len(self._tokens):
                self._expect(";")

    def _operation(self) -> None:
        first = self._next()
        match first.text if first.kind == "word" else "":
            case "INSERT" | "DELETE" if self._peek().text == "DATA":
                self._next()
                self._template(None)
            case "DELETE" if self._peek().text == "WHERE":
                self._next()
                self._template(None)
            case "INSERT" | "DELETE" | "WITH":
                self._modify(first)
            case "CLEAR" | "DROP" | "CREATE":
                self._take("SILENT")
                self._target()
            case "ADD" | "MOVE" | "COPY":
                self._transfer(first.text)
            case "LOAD":
                raise RefusedError("LOAD is not allowed: nothing is fetched; send the data to /data")
            case _:
                raise self._unexpected(first, "the begin of an update")

    def _modify(self, first: Token) -> None:
        graph = None
        if first.text == "WITH":
            self.has_dataset = True
            graph = self._iri()
            first = self._next()
        if first.text not in ("INSERT", "DELETE"):
            raise self._unexpected(first, "INSERT or DELETE")
        self._template(graph)
        if first.text == "DELETE" and self._take("INSERT"):
            self._template(graph)
        while self._take("USING"):
            self.has_dataset = True
            self._take("NAMED")
            self._iri()
        self.wheres.add(self._at)
        self._expect("WHERE")
        self._pattern()

    def _transfer(self, operation: str) -> None:
        self._take("SILENT")
        source = self._graph_or_default()
        self._expect("TO")
        self._check(self._graph_or_default())
        if operation == "MOVE":
            self._check(source)

    def _target(self) -> None:
        if self._peek().text in ("ALL", "NAMED") and self._peek().kind == "word":
            word = self._next().text
            if not self._any_graph:
                raise RefusedError(f"{word} takes in newsgraph's own graphs: name the graph")
        else:
            self._check(self._graph_or_default())

    def _graph_or_default(self) -> str | None:
        if self._take("DEFAULT"):
            return None
        self._take("GRAPH")
        return self._iri()

    def _template(self, graph: str | None) -> None:
        """Go through what is written: triples of ``graph``, and of graphs that it names."""
        self._expect("{")
        while (token := self._next()).text != "}" or token.kind != "mark":
            if token is _END:
                raise QueryError("the update ends within braces")
            if token.text == "GRAPH" and token.kind == "word":
                self._named_template()
            elif token.text != ".":
                self._check(graph)

    def _named_template(self) -> None:
        if self._peek().kind == "variable":
            name = self._next()
            if not self._any_graph:
                raise RefusedError(f"line {name.line}: a graph to write must be named, not {name.text}")
        else:
            self._check(self._iri())
        self._pattern()

    def _pattern(self) -> None:
        """Pass over what stands in braces."""
        self._expect("{")
        depth = 1
        while depth:
            token = self._next()
            if token is _END:
                raise QueryError("the update ends within braces")
            if token.kind == "word" and token.text == "SERVICE":
                raise RefusedError("SERVICE is not allowed: updates stay within this store")
            if token.kind == "mark":
                depth += (token.text == "{") - (token.text == "}")

    def _check(self, graph: str | None) -> None:
        check_writable(graph, any_graph=self._any_graph)

    def _iri(self) -> str:
        token = self._next()
        if token.kind != "iri":
            raise self._unexpected(token, "an IRI")
        return token.text

    def _peek(self) -> Token:
        return self._tokens[self._at] if self._at < len(self._tokens) else _END

    def _next(self) -> Token:
        token = self._peek()
        self._at += 1
        return token

    def _take(self, word: str) -> bool:
        if self._peek().text == word and self._peek().kind in ("word", "mark"):
            self._at += 1
            return True
        return False

    def _expect(self, word: str) -> None:
        if not self._take(word):
            raise self._unexpected(self._next(), word)

    @staticmethod
    def _unexpected(token: Token, expected: str) -> QueryError:
        found = repr(token.text) if token is not _END else "the end"
        return QueryError(f"not an update: line {token.line}: expected {expected}, found {found}")
