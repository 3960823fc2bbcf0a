"""Texts of our own that are taken over, grown, quoted from, or only look alike: for the tests of copies."""

import re
from dataclasses import replace
from datetime import date

from newsgraph.records import Article, Attribution, Entity, Extraction, Mention, Relation, TextSpan

REPORT = (
    "A cargo ship with 21 sailors on board ran aground off Cape Dunne early on Tuesday after its engine"
    " failed in a storm, the coast guard said.",
    "The Rosa Quint, which was carrying 4,300 tonnes of grain from Port Ister to Amrath, lost power "
    "shortly after three in the morning and drifted for two hours before it hit the rocks.",
    "All of the crew were taken off by helicopter. Two of them were treated for broken bones in the "
    "clinic of Saltby, where a doctor said that they had been very lucky.",
    '"We heard a noise like a door being slammed, and then the floor was no longer level," said Hugo '
    "Brandt, the ship's cook.",
    "The owner, Northmere Shipping, said that the engine had been overhauled in January and that it did"
    " not know why it had stopped.",
    "The fisheries council asked boats to stay away from the wreck, which has 180 tonnes of fuel in its"
    " tanks. No oil had been seen on the water by noon.",
    "It was the third time in five years that a ship of the company came to grief on that coast.",
)
UPDATE = (
    "Divers found on Wednesday that the hull of the ship has a crack 14 metres long on its landward "
    "side, and said that it might break in the next spring tide unless the grain is taken out first.",
    "A court in Saltby ordered Northmere Shipping to pay for a barrier around the wreck. The company "
    "said that it would appeal, since the coast guard had sent its tug too late.",
)
RETOLD = (
    "Northmere Shipping has lost another vessel. The Rosa Quint is lying on the reef near Cape Dunne "
    "with a broken engine and a hold full of wheat, and nobody can say when she will be moved.",
    "Her 21 men had a narrow escape: rescuers lifted every one of them from the deck while waves went "
    "over it. Two are in hospital in Saltby.",
    "The firm, whose ships have been wrecked there twice since 2019, insists that the machine had been "
    "checked this winter. What worries the fishermen more is the fuel, some 180 tonnes of it.",
    "By midday the sea around the ship was still clean, according to the fisheries council, which has "
    "told its members to keep their distance.",
)
QUOTED = (
    "A former mate of the Rosa Quint says that he warned the owner of the ship of its engine as long "
    "ago as last autumn, and that he was told to mind his own business.",
    'The cook Hugo Brandt has told several papers how the voyage ended: "We heard a noise like a door '
    'being slammed, and then the floor was no longer level."',
    "But in the view of the mate, whose name is known to this paper, the voyage should never have "
    "begun. He kept the letters that he wrote, and wants to hand them to the prosecutor in Amrath next "
    "week.",
)


def wire(name="wire", paragraphs=REPORT, *, opening="CAPE DUNNE, March 14 (NWN) - ", credit=None, **known):
    """Return an article of these paragraphs, set as an outlet sets it."""
    text = opening + "\n\n".join(paragraphs) + (f"\n\n{credit}" if credit else "")
    known = {"title": "Grain ship runs aground", "publisher": "Northern Wire", **known}
    return Article(name, text, published=date(2023, 3, 14), **known)


def reprinted(name="reprint"):
    """Return the report as another outlet has it: other headline, dateline and marks, its end cut."""
    first, second, third, *rest = REPORT[:-2]
    text = "\n".join((first.replace("on Tuesday", "Tuesday"), f"{second} {third}", *rest))
    text = text.replace('"We', "“We").replace('"', "”").replace("'", "’")
    return Article(
        name,
        f"PORT ISTER (AP) — {text}\n\nNorthern Wire contributed to this report.",
        "Sailors saved from wreck",
        published=date(2023, 3, 15),
        publisher="Basin Courier",
    )


def updated(name="update"):
    """Return the report as it grew on the second day."""
    article = wire(name, (*UPDATE, *REPORT), title="Wreck may break, divers say", publisher="Calder Tribune")
    return replace(article, published=date(2023, 3, 16))


def retold(name="retold"):
    return wire(name, RETOLD, opening="", publisher="Sundvik Telegraph")


def quoting(name="quoting"):
    return wire(name, QUOTED, opening="", publisher="Aegean Ledger")


def round_up(name="round-up"):
    """Return a long article in which the report stands among other things."""
    return wire(name, (*QUOTED, *RETOLD, *(3 * UPDATE), *REPORT), opening="", publisher="Eurasia Meridian")


def results(name, company, place, *figures):
    """Return one of those reports that a machine makes from a table."""
    profit, growth, revenue, dividend, staff = figures
    return wire(
        name,
        (
            f"{company} said on Thursday that its profit for the quarter rose {growth} percent to {profit} "
            "million, helped by strong demand at home and by lower costs for energy and raw materials.",
            f"Revenue came to {revenue} million, which was in line with the forecasts of most of the banks "
            f"that follow the company. It has its seat in {place} and employs {staff} people in factories.",
            f"The board will propose a dividend of {dividend} cents a share at the meeting in the spring. "
            "The company kept its outlook and said that it saw no reason to change its plans for new plants.",
            "This report was made by a machine from the figures that the company gave to the exchange.",
        ),
        opening="",
    )


def unread(article):
    """Return an article in which nothing was read."""
    return article, Extraction(article.id, article.text, article.title, article.published)


def telling(article):
    """Return an article in which was read that Northmere Shipping owns the Rosa Quint, and a cook's words."""
    entities, mentions = [], []
    for name, kind in (("Northmere Shipping", "ORG"), ("Rosa Quint", "PRODUCT"), ("Hugo Brandt", "PERSON")):
        if (start := article.text.find(name)) >= 0:
            number = len(entities)
            entities.append(Entity(f"e{number}", name, kind))
            place = (start, start + len(name))
            mentions.append(Mention(f"m{number}", *place, kind, "name", f"e{number}", 0.9))
    whole = TextSpan(0, len(article.text))
    owned = [one.id for one in entities if one.type != "PERSON"]
    cook = next((one.id for one in entities if one.type == "PERSON"), None)
    return article, Extraction(
        article.id,
        article.text,
        sentences=(whole,),
        entities=tuple(entities),
        mentions=tuple(mentions),
        attributions=tuple(_words_of(cook, article.text)),
        relations=tuple(
            Relation("r0", "owns", *pair, *whole, False, "actual", None, None, None, 0.9)
            for pair in [owned]
            if len(pair) == 2
        ),
    )


def _words_of(cook, text):
    if match := re.search(r"[\"“]We heard [^\"”]+[\"”]", text):
        content = (TextSpan(*match.span()),)
        yield Attribution("a0", (), (), content, cook, None, "asserts", "certain", "direct", 0.9)
