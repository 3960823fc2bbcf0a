"""Sums of money, by their form: "$32 million", "US$1.5bn", "140,000 rupees", "Rs 500 crore", "£5".

The corpora that may be learned from name few currencies beside the dollar. An expression over the text; a
match counts where it begins and ends with a token.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from spacy.tokens import Doc, Span

MONEY = "MONEY"
_ONE = r"(?:\d{1,3}(?:,\d{2,3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
_NUMBER = rf"(?:{_ONE}[-–][$€£]?)?{_ONE}"
_SCALE = r"(?:thousand|million|billion|trillion|lakh|crore|mil|bil|mn|bn|tn|m|k|M|B)\b"
_LARGE = r"(?:thousand|million|billion|trillion|lakh|crore)"
_SIGN = r"(?:(?:US|AU|A|CA|C|NZ|HK|S|NT|R)\s?\$|[$€£¥₹₦₩₽₺₪])"
_CODE = (
    r"\b(?:USD|EUR|GBP|CHF|JPY|CNY|INR|AUD|CAD|RUB|ZAR|NGN|KES|PKR|AED|SAR|QAR|SEK|NOK|DKK|PLN"
    r"|MNT|THB|IDR|PHP|TWD|HKD|SGD|MYR|MXN|BRL|TRY|GHS|Rs\.?|RM)"
)


def money_expression(words: Iterable[Sequence[str]]) -> re.Pattern[str]:
    """Return the expression for sums of money, from the rows of lexicons/currencies.tsv."""
    units = [row[0] for row in words]
    plain = "|".join(sorted((re.escape(unit) for unit in units if not unit.endswith("?")), key=len)[::-1])
    scaled = "|".join(re.escape(unit[:-1]) for unit in units if unit.endswith("?"))
    return re.compile(
        r"(?=[A-Z\d$€£¥₹₦₩₽₺₪])(?:"  # most places are none of the three
        rf"(?:{_SIGN}|{_CODE})\s?(?:{_NUMBER})(?:[\s-]?{_SCALE})?"
        rf"|(?<![\w.,$€£])(?:{_NUMBER})(?:\s{_LARGE})?\s(?:US\s)?(?:{plain})\b"
        rf"|(?<![\w.,$€£])(?:{_NUMBER})\s{_LARGE}\s(?:{scaled})\b)"
    )


def find_money(expression: re.Pattern[str], doc: Doc, text: str) -> Iterator[Span]:
    """Yield the sums of money in a Doc of this text."""
    for match in expression.finditer(text):
        span = doc.char_span(*match.span(), label=MONEY)
        if span is not None:
            yield span
