"""Templates filled in: whatever a graph holds is escaped, and only web addresses become links."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from shlex import quote as shell_quoted
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from newsgraph import __version__

FOLDER = Path(__file__).parent
TEMPLATES, STATIC = FOLDER / "templates", FOLDER / "static"
NAVIGATION = (
    ("/", "Start"),
    ("/search", "Search"),
    ("/graph", "Graph"),
    ("/query", "SPARQL"),
    ("/runs", "Runs"),
)
STANCES = {  # what marks a stance beside its colour
    "asserts": ("+", "asserts"),
    "denies": ("−", "denies"),
    "undetermined": ("?", "leaves open"),
}
TYPES = {  # how a type of the graph is called on the page
    "PERSON": "Person",
    "ORG": "Organisation",
    "LOC": "Place",
    "FAC": "Facility",
    "NORP": "People",
    "PRODUCT": "Product",
    "MISC": "Other",
}


class _Environment(Environment):
    """Of a JSON object, ``view.items`` is what stands under that name, not the method of dict."""

    def getattr(self, obj: Any, attribute: str) -> Any:
        if isinstance(obj, dict) and attribute in obj:
            return obj[attribute]
        return super().getattr(obj, attribute)


def render(template: str, values: Mapping[str, object]) -> str:
    return _ENVIRONMENT.get_template(template).render(values)


def web_link(address: object) -> str:
    """Return an address if it is one of the web; "" for javascript:, data: and whatever else."""
    text = str(address or "")
    try:
        parts = urlsplit(text)
    except ValueError:
        return ""
    is_web = parts.scheme in ("http", "https") and parts.netloc and text.isprintable() and " " not in text
    return text if is_web else ""


def link(path: str, **parameters: object) -> str:
    """Return an address of the page; parameters that are None or "" are left out, a list's are repeated."""
    given = {
        name: value if isinstance(value, list) else str(value)
        for name, value in parameters.items()
        if value not in (None, "", [])
    }
    return f"{path}?{urlencode(given, doseq=True, quote_via=quote)}" if given else path


def exact(text: str) -> Markup:
    """Return a text so that a browser reads just these characters: as they are, it makes CR a line break."""
    return Markup(escape(text).replace("\r", Markup("&#13;")))  # noqa: S704 - escaped


def number(value: int) -> str:
    """Return a number with thin spaces between thousands."""
    return f"{value:,}".replace(",", "\N{NARROW NO-BREAK SPACE}")


def _fingerprint() -> str:
    files = sorted(path for folder in (TEMPLATES, STATIC) for path in folder.iterdir() if path.is_file())
    return sha256(b"".join((__version__.encode(), *(file.read_bytes() for file in files)))).hexdigest()[:16]


FINGERPRINT = _fingerprint()  # of all that makes the same data look otherwise
_ENVIRONMENT = _Environment(
    loader=FileSystemLoader(TEMPLATES),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    auto_reload=False,
)
_ENVIRONMENT.globals.update(
    link=link, navigation=NAVIGATION, stances=STANCES, types=TYPES, version=__version__
)
_ENVIRONMENT.filters.update(exact=exact, web_link=web_link, number=number, shell=shell_quoted)
