"""Solutions of SELECT, and the answer of ASK, in the four formats that SPARQL 1.1 knows.

The engine writes them, too, but all or nothing, and characters into XML that no reader takes: here the rows
are counted while they come, so that an answer can be stopped at its limit. https://www.w3.org/TR/ has them as
sparql11-results-json, rdf-sparql-XMLres and sparql11-results-csv-tsv.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from json.encoder import encode_basestring_ascii as quoted
from xml.sax.saxutils import quoteattr

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

Term = NamedNode | Literal | BlankNode | Triple | None
Rows = Iterable[Sequence[Term]]
_STRING = "http://www.w3.org/2001/XMLSchema#string"
_LANG_STRING = "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"
_XML_HEAD = '<?xml version="1.0"?>\n<sparql xmlns="http://www.w3.org/2005/sparql-results#">'
# What XML 1.0 has no way to write; json, csv and tsv have.
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
TRUNCATED = "truncated: there are more rows"


def written_rows(form: str, names: Sequence[str], rows: Rows) -> Iterator[str]:
    """Yield a table in pieces: a head, one for each row, an end."""
    writers: dict[str, Callable[[Sequence[str], Rows], Iterator[str]]]
    writers = {"json": _json, "xml": _xml, "csv": _csv, "tsv": _tsv}
    return writers[form](names, rows)


def truncation_mark(form: str) -> tuple[str, str]:
    """Return an end, and what takes its place where rows were left out; CSV and TSV have no place for it."""
    return {
        "json": ("]}}\n", ']},"truncated":true}\n'),
        "xml": ("</results></sparql>\n", f"</results><!-- {TRUNCATED} --></sparql>\n"),
    }.get(form, ("", ""))


def written_boolean(form: str, value: bool) -> str:  # noqa: FBT001 - a value, not an option
    word = str(value).lower()
    if form == "xml":
        return f"{_XML_HEAD}<head></head><boolean>{word}</boolean></sparql>\n"
    return f'{{"head":{{}},"boolean":{word}}}\n'


def _json(names: Sequence[str], rows: Rows) -> Iterator[str]:
    keys = [quoted(name) for name in names]
    yield f'{{"head":{{"vars":[{",".join(keys)}]}},"results":{{"bindings":['
    comma = ""
    for row in rows:
        cells = [f"{key}:{_json_term(term)}" for key, term in zip(keys, row, strict=True) if term is not None]
        yield f"{comma}{{{','.join(cells)}}}"
        comma = ",\n"
    yield "]}}\n"


def _json_term(term: Term) -> str:
    if isinstance(term, NamedNode):
        return f'{{"type":"uri","value":{quoted(term.value)}}}'
    if isinstance(term, BlankNode):
        return f'{{"type":"bnode","value":{quoted(term.value)}}}'
    if isinstance(term, Literal):
        extra, datatype = "", term.datatype.value
        if datatype == _LANG_STRING and term.language:
            extra = f',"xml:lang":{quoted(term.language)}'
        elif datatype != _STRING:
            extra = f',"datatype":{quoted(datatype)}'
        return f'{{"type":"literal","value":{quoted(term.value)}{extra}}}'
    if term is None:
        raise TypeError("an unbound variable has no term")
    parts = (term.subject, term.predicate, term.object)
    inner = ",".join(
        f'"{name}":{_json_term(part)}'
        for name, part in zip(("subject", "predicate", "object"), parts, strict=True)
    )
    return f'{{"type":"triple","value":{{{inner}}}}}'


def _xml(names: Sequence[str], rows: Rows) -> Iterator[str]:
    attributes = [f"name={quoteattr(name)}" for name in names]
    variables = "".join(f"<variable {attribute}/>" for attribute in attributes)
    yield f"{_XML_HEAD}<head>{variables}</head><results>"
    for row in rows:
        cells = [
            f"<binding {attribute}>{_xml_term(term)}</binding>"
            for attribute, term in zip(attributes, row, strict=True)
            if term is not None
        ]
        yield f"<result>{''.join(cells)}</result>\n"
    yield "</results></sparql>\n"


def _xml_term(term: Term) -> str:
    if isinstance(term, NamedNode):
        return f"<uri>{_xml_text(term.value)}</uri>"
    if isinstance(term, BlankNode):
        return f"<bnode>{_xml_text(term.value)}</bnode>"
    if isinstance(term, Literal):
        extra, datatype = "", term.datatype.value
        if datatype == _LANG_STRING and term.language:
            extra = f" xml:lang={quoteattr(term.language)}"
        elif datatype != _STRING:
            extra = f" datatype={quoteattr(datatype)}"
        return f"<literal{extra}>{_xml_text(term.value)}</literal>"
    if term is None:
        raise TypeError("an unbound variable has no term")
    parts = (("subject", term.subject), ("predicate", term.predicate), ("object", term.object))
    inner = "".join(f"<{name}>{_xml_term(part)}</{name}>" for name, part in parts)
    return f"<triple>{inner}</triple>"


def _xml_text(text: str) -> str:
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\r", "&#13;")
    return _NO_XML.sub("\ufffd", text)


def _csv(names: Sequence[str], rows: Rows) -> Iterator[str]:
    line = io.StringIO()
    writer = csv.writer(line)
    writer.writerow(names)
    for row in rows:
        yield _taken(line)
        writer.writerow([_plain(term) for term in row])
    yield _taken(line)


def _taken(line: io.StringIO) -> str:
    text = line.getvalue()
    line.seek(0)
    line.truncate()
    return text


def _plain(term: Term) -> str:
    if isinstance(term, BlankNode):
        return f"_:{term.value}"
    return "" if term is None else term.value if isinstance(term, NamedNode | Literal) else str(term)


def _tsv(names: Sequence[str], rows: Rows) -> Iterator[str]:
    yield "\t".join(f"?{name}" for name in names) + "\n"
    for row in rows:
        # As in N-Triples, where line ends and tabulators within a literal are escaped, but for the latter.
        yield "\t".join("" if term is None else str(term).replace("\t", "\\t") for term in row) + "\n"
