"""Questions to a snapshot: a SPARQL query, or a graph as it is; the answer in the format that is wanted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice

from pyoxigraph import (
    DefaultGraph,
    NamedNode,
    QueryBoolean,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Store,
    Triple,
    serialize,
)

from graph.endpoint.formats import BOOLEAN, ROWS, TRIPLES, NotAcceptableError, chosen
from graph.endpoint.messages import Answer, Limits, Reply, Request, told
from graph.endpoint.solutions import Term, truncation_mark, written_boolean, written_rows
from graph.endpoint.tokens import Token, tokens_of
from graph.terms import NAMESPACES
from newsgraph.errors import QueryError, RefusedError

_WITH_COMMENTS = (RdfFormat.TURTLE, RdfFormat.N_TRIPLES, RdfFormat.N_QUADS, RdfFormat.TRIG, RdfFormat.N3)
_WITH_PREFIXES = (RdfFormat.TURTLE, RdfFormat.TRIG, RdfFormat.N3, RdfFormat.RDF_XML)


class _TooMuchError(QueryError):
    """An answer grows beyond its limit."""


def answer(store: Store, request: Request, body: bytes, limits: Limits, *, union: bool = True) -> Answer:
    """Answer a request; whatever is wrong with it is told in the answer.

    Args:
        store: A snapshot.
        request: A "query", whose text is the body, or a "graph".
        body: UTF-8.
        limits: Beyond them the answer is "too much", or cut off and marked so if the request wants that.
        union: The default graph is all graphs together.
    """
    try:
        if request.kind == "graph":
            return _graph(store, request, limits, union=union)
        return _query(store, request, body.decode(), limits, union=union)
    except NotAcceptableError as error:
        return Answer(Reply("not acceptable", str(error)))
    except _TooMuchError as error:
        return Answer(Reply("too much", str(error)))
    except RefusedError as error:
        return Answer(Reply("refused", str(error)))
    except (QueryError, SyntaxError, ValueError) as error:
        return Answer(Reply("wrong", f"not SPARQL: {told(error)}"))


def _query(store: Store, request: Request, text: str, limits: Limits, *, union: bool) -> Answer:
    has_from = checked(text, request.base)
    default = [NamedNode(iri) for iri in request.default_graphs]
    named = [NamedNode(iri) for iri in request.named_graphs]
    is_given = bool(default or named)
    result = store.query(
        text,
        base_iri=request.base,
        prefixes=NAMESPACES,
        use_default_graph_as_union=union and not is_given and not has_from,
        default_graph=default if is_given else None,  # type: ignore[arg-type] # a list of part of the union
        named_graphs=named if is_given else None,  # type: ignore[arg-type]
    )
    if isinstance(result, QueryBoolean):
        media = chosen(request.accept, BOOLEAN)
        return Answer(Reply("done", "", "", media, 1), written_boolean(BOOLEAN[media], bool(result)).encode())
    if isinstance(result, QueryTriples):
        return _triples(result, request, limits, NAMESPACES if union else {})
    return _rows(result, request, limits)


def checked(text: str, base: str) -> bool:
    """Refuse what would reach out of the store, and say whether the text names its graphs (FROM).

    Only so that the answer is clear: what keeps queries in is that their processes have no network. A text
    that cannot be read here is left to the engine, which says best what is wrong with it.
    """
    has_from, depth = False, 0
    try:
        for token in tokens_of(text, NAMESPACES, base):
            _refuse_outward(token)
            depth += token.kind == "mark" and token.text == "{"
            has_from |= token.kind == "word" and token.text == "FROM" and not depth
    except RefusedError:
        raise
    except QueryError:
        return has_from
    return has_from


def _refuse_outward(token: Token) -> None:
    if token.kind == "word" and token.text in ("SERVICE", "LOAD"):
        raise RefusedError(f"{token.text} is not allowed: queries stay within this store")


def _rows(solutions: QuerySolutions, request: Request, limits: Limits) -> Answer:
    media = chosen(request.accept, ROWS)
    names = [variable.value for variable in solutions.variables]
    rows = _Counted(([solution[name] for name in names] for solution in solutions), limits, request)
    pieces, size = list[bytes](), 0
    for piece in written_rows(ROWS[media], names, rows):
        pieces.append(piece.encode())
        size += len(pieces[-1])
        if size > limits.answer_bytes:
            raise _TooMuchError(_bytes_told(limits))
    body = b"".join(pieces)
    if rows.truncated:
        end, mark = truncation_mark(ROWS[media])
        body = body.removesuffix(end.encode()) + mark.encode()
    return Answer(Reply("done", "", "", media, rows.count, rows.truncated), body)


class _Counted(Iterator[Sequence[Term]]):
    """Rows up to their limit."""

    def __init__(self, rows: Iterator[Sequence[Term]], limits: Limits, request: Request) -> None:
        self._rows, self._limits, self._truncate = rows, limits, request.truncate
        self.count, self.truncated = 0, False

    def __next__(self) -> Sequence[Term]:
        row = next(self._rows)
        if self.count == self._limits.rows:
            if not self._truncate:
                raise _TooMuchError(_rows_told(self._limits, "rows"))
            self.truncated = True
            raise StopIteration
        self.count += 1
        return row


def _graph(store: Store, request: Request, limits: Limits, *, union: bool) -> Answer:
    """Return a graph as it is; the default one is all graphs together where queries see it so."""
    name = DefaultGraph() if request.graph is None else NamedNode(request.graph)
    if isinstance(name, NamedNode) and not store.contains_named_graph(name):
        return Answer(Reply("no such graph", f"there is no graph <{name.value}>"))
    is_union = union and request.graph is None
    quads = store.quads_for_pattern(None, None, None, None if is_union else name)
    triples = (Triple(quad.subject, quad.predicate, quad.object) for quad in quads)
    return _triples(triples, request, limits, NAMESPACES if union else {})


def _triples(
    triples: Iterable[Triple], request: Request, limits: Limits, prefixes: Mapping[str, str]
) -> Answer:
    media = chosen(request.accept, TRIPLES)
    form = TRIPLES[media]
    source = iter(triples)
    some = list(islice(source, limits.rows))
    truncated = next(source, None) is not None
    if truncated and not request.truncate:
        raise _TooMuchError(_rows_told(limits, "triples"))
    body = serialize(some, format=form, prefixes=dict(prefixes) if form in _WITH_PREFIXES else None) or b""
    if len(body) > limits.answer_bytes:
        raise _TooMuchError(_bytes_told(limits))
    if truncated and form in _WITH_COMMENTS:
        body += b"# truncated: there are more triples\n"
    return Answer(Reply("done", "", "", media, len(some), truncated), body)


def _rows_told(limits: Limits, what: str) -> str:
    return (
        f"truncated: the answer has more than {limits.rows} {what}; add LIMIT, or ask with truncate=true for"
        f" the first {limits.rows}"
    )


def _bytes_told(limits: Limits) -> str:
    return f"truncated: the answer has more than {limits.answer_bytes} bytes; ask for less, or for a part"
