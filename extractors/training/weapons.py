"""Made-up news sentences that name weapons: what no corpus that may be trained on has enough of.

Templates with slots for weapons, people, places and organisations, and templates in which a weapon's name
means something else. Words are cut as the pipeline cuts them. Only names are annotated.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from extractors.known_names import rows_of
from extractors.training.samples import ANY_TAG, NO_GAP, SPACE, TAG_BIT, Sample
from extractors.weapon_names import Family, families_from

NEGATIVE_SHARE = 0.3  # of the sentences
MOST_SENTENCES = 4  # of a sample


def augmented_samples(seed: int, count: int, lexicons: Path) -> Iterator[Sample]:
    """Yield made-up samples, the same for the same seed.

    Args:
        seed: Of the choice of templates and of what fills them.
        count: How many samples.
        lexicons: The folder of weapon_families.tsv.
    """
    nlp = spacy.blank("en")
    writer = _Writer(random.Random(seed), _by_kind(lexicons))
    for number in range(count):
        yield _sample(nlp, f"weapons-{seed}-{number}", writer.pieces())


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch of text that is one name, or none."""

    text: str
    label: str = ""  # "" for no name, "?" where nothing is said about the words


def _by_kind(lexicons: Path) -> dict[str, list[Family]]:
    kinds: dict[str, list[Family]] = {}
    for family in families_from(rows_of(lexicons / "weapon_families.tsv")):
        if family.form not in ("noun", "modifier"):
            kinds.setdefault(family.kind, []).append(family)
    return kinds


def _sample(nlp: Language, sample_id: str, pieces: list[_Piece]) -> Sample:
    doc = nlp.make_doc("".join(piece.text for piece in pieces))
    masks = [TAG_BIT["O"]] * len(doc)
    offset = 0
    for piece in pieces:
        if piece.label:
            _mark(doc, masks, offset, offset + len(piece.text), piece.label)
        offset += len(piece.text)
    gaps = (SPACE if token.i and doc[token.i - 1].whitespace_ else NO_GAP for token in doc)
    return Sample("weapons", sample_id, tuple(token.text for token in doc), tuple(gaps), tuple(masks))


def _mark(doc: Doc, masks: list[int], start: int, end: int, label: str) -> None:
    # "expand": the full stop of "an F-16C." is part of the word "F-16C.".
    span = doc.char_span(start, end, alignment_mode="expand")
    if span is None:
        raise ValueError(f"{start}-{end} lies outside of {doc.text!r}")
    for token in span:
        prefix = "B" if token.i == span.start else "I"
        masks[token.i] = ANY_TAG if label == "?" else TAG_BIT[f"{prefix}-{label}"]


# --- Filling templates -----------------------------------------------------------------------------------

_MARKUP = re.compile(r"\[(?P<label>[A-Z]+|\?) (?P<text>[^]]+)\]|\{(?P<slot>\w+)(?::(?P<kind>\w+))?\}")
_NICKNAMED, _VARIED = 0.35, 0.25  # chances


@dataclass(frozen=True, slots=True)
class _Writer:
    chance: random.Random
    families: dict[str, list[Family]]

    def pieces(self) -> list[_Piece]:
        """Return some sentences in a row, each followed by a space but the last."""
        pieces: list[_Piece] = []
        for number in range(self.chance.randint(1, MOST_SENTENCES)):
            templates = _NEGATIVES if self.chance.random() < NEGATIVE_SHARE else _POSITIVES
            pieces += [_Piece(" ")] * bool(number)
            first, *rest = (piece for piece in self._filled(self.chance.choice(templates)) if piece.text)
            pieces += [replace(first, text=first.text[0].upper() + first.text[1:]), *rest]
        return pieces

    def _filled(self, template: str) -> Iterator[_Piece]:
        end = 0
        for match in _MARKUP.finditer(template):
            yield _Piece(template[end : match.start()])
            if match["label"]:
                yield _Piece(match["text"], match["label"])
            else:
                yield from self._slot(match["slot"], match["kind"])
            end = match.end()
        yield _Piece(template[end:])

    def _slot(self, slot: str, kind: str | None) -> Iterator[_Piece]:
        if kind is None:
            label, *columns = _FILLERS[slot]
            yield _Piece(" ".join(self.chance.choice(column.split("|")) for column in columns), label)
            return
        name = self._doubtful(kind) if slot.startswith("doubtful") else self._certain(kind)
        if slot == "an":
            yield _Piece(f"{_article(name)} ")
        yield _Piece(name + "s" * (slot == "many" and not name.endswith("s")), "PRODUCT")

    def _certain(self, kind: str) -> str:
        family = self._any_family(kind, ("designation", "word"))
        name = family.name
        if family.form == "designation" and name[-1].isdigit() and self.chance.random() < _VARIED:
            name += self.chance.choice(_VARIANTS)
        if family.nicknames and self.chance.random() < _NICKNAMED:
            name += " " + self.chance.choice(family.nicknames)
        return name

    def _doubtful(self, kind: str) -> str:
        return self._any_family(kind, ("word_with_context",)).name

    def _any_family(self, kind: str, forms: tuple[str, ...]) -> Family:
        return self.chance.choice([one for one in self.families[kind] if one.form in forms])


def _article(name: str) -> str:
    spelt_out = len(name) > 1 and not name[1].islower()  # "an F-16", but "a Falcon"
    return "an" if name[0] in ("AEFHILMNORSX8" if spelt_out else "AEIO8") else "a"


_VARIANTS = ("A", "B", "C", "D", "E", "M", "BM", "SM", "MS", "M1")

_FIRST_NAMES = (
    "Anna|Marek|Olena|James|Yusuf|Farah|Li|Haruka|Diego|Sofia|Andrii|Sergei|Fatima|John|Priya|Nikolai|Emma"
    "|Tariq|Lars|Ingrid|Omar|Grace"
)
_SURNAMES = (
    "Kovalenko|Novak|Brandt|Whitfield|Demir|Haddad|Zhang|Sato|Alvarez|Rossi|Petrov|Okafor|Miller|Nair"
    "|Sokolov|Clarke|Mahmood|Kim|Eriksen|Larsson|Khalil|Abrams"
)
# What fills a slot without a kind: its label, and what is put together from one of each.
_FILLERS = {
    "person": ("PERSON", _FIRST_NAMES, _SURNAMES),
    "surname": ("PERSON", _SURNAMES),
    "town": (
        "LOC",
        "Kharkiv|Odesa|Bakhmut|Sevastopol|Belgorod|Aleppo|Erbil|Hodeidah|Tripoli|Kabul|Rzeszow|Constanta"
        "|Nicosia|Taipei|Okinawa|Pyongyang|Natanz|Engels|Zaporizhzhia|Kherson|Nis|Goma|Port Sudan|San Diego",
    ),
    "land": (
        "LOC",
        "Ukraine|Russia|Poland|Germany|Iran|Israel|Taiwan|Japan|South Korea|Turkey|Romania|India|Pakistan"
        "|Canada|Norway|Sudan|Libya|Egypt|France|Britain|Australia|China|Greece|Sweden|Denmark|North Korea",
    ),
    "people": (
        "NORP",
        "Russian|Ukrainian|American|British|German|Polish|Iranian|Israeli|Turkish|Chinese|Indian|French|Dutch"
        "|Norwegian|Houthi|Saudi|Japanese|Egyptian",
    ),
    "office": (
        "ORG",
        "Defence Ministry|Ministry of Defence|Defense Department|Foreign Ministry|Air Force|General Staff"
        "|Pentagon|Southern Command|US European Command|State Department",
    ),
    "maker": (
        "ORG",
        "Lockheed Martin|Raytheon|Rheinmetall|Baykar|BAE Systems|Saab|Boeing|MBDA|General Atomics|Rostec"
        "|Airbus|Northrop Grumman|KNDS|Hanwha|Elbit Systems",
    ),
    "agency": ("ORG", "Reuters|Tass|AFP|Interfax|Bloomberg|Xinhua|Yonhap|IRNA"),
    "day": ("DATE", "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday"),
    "year": ("DATE", "1991|2008|2014|2019|2021|2022|2023|2024|2025"),
    "number": ("", "two|three|four|six|eight|12|24|31|at least 40"),
}

_POSITIVES = (
    "Two {many:aircraft} intercepted {an:uav} over the [LOC Black Sea] on {day}, the {office} said.",
    "{person}, a spokeswoman for the {office}, said the {name:uav} had been on a routine flight.",
    "The {office} denied that its {name:aircraft} had touched the drone.",
    "{land} will send {number} {many:tank} to {land}, Defence Minister {person} said on {day}.",
    "The {name:tank} burned for hours outside {town}, residents told {agency}.",
    "{many:missile} hit a power station near {town}, killing {number} people, Governor {person} said.",
    "{people} forces fired {number} {name:missile} missiles at {town} on {day}.",
    "Air defences around {town} shot down {number} {name:uav} drones overnight.",
    "{person} asked {land} for more {name:air_defence} batteries.",
    "An engineer at {maker} said the {name:aircraft} would be in service by {year}.",
    "The {office} ordered {number} {many:helicopter} from {maker} for [MONEY $1.2 billion].",
    "{an:helicopter} crashed near {town}, and all on board were killed, {agency} reported.",
    "{land}'s parliament approved the purchase of {number} {many:aircraft} in {year}.",
    "Rebels said they had captured {an:vehicle} and {number} {many:tank} outside {town}.",
    '"We need {many:artillery}, and we need them now," said Colonel {person}.',
    "Pictures from {town} show a burnt-out {name:vehicle} beside the road.",
    "{person} trained on the {name:artillery} in {land} before going to the front.",
    "The gunman carried {an:small_arm}, police in {town} said.",
    "Officers seized {number} {name:small_arm} rifles in {town} on {day}, {agency} reported.",
    "The {name:missile} has a range of 300 km, according to {maker}.",
    "{land} tested {an:missile} on {day}, the {office} said.",
    "{people} officials say {land} supplied the {many:uav} found in {town}.",
    "President {person} said {land} would not send {many:missile} to {land}.",
    "The {name:aircraft}'s pilot ejected and was found alive near {town}.",
    "Debris of {an:uav} was found in {land}, Foreign Minister {person} told {agency}.",
    "{number} {many:air_defence} are deployed around {town}, according to satellite pictures.",
    "The {office} showed what it called the wreckage of {an:missile}.",
    "{maker} builds the {name:vehicle} at its works in {town}.",
    "The {name:ship} frigate left {town} on {day}.",
    "{land} is building two {name:ship} submarines.",
    "{many:aircraft}, {many:aircraft} and {an:helicopter} took part in the exercise, {agency} said.",
    "A {doubtful:air_defence} battery was moved from {town} to {town}.",
    "{person} promised {land} more {doubtful:missile} missiles.",
    "The {people} army lost {number} {doubtful:tank} tanks near {town}, General {person} said.",
    "Crews of {doubtful:tank} main battle tanks are training in {land}.",
    "A {doubtful:helicopter} helicopter came down in fog south of {town}.",
    "{doubtful:uav} drones have struck refineries near {town} since {day}.",
    "A {doubtful:aircraft} fighter jet made an emergency landing in {town}.",
    "{land} offered to buy {doubtful:artillery} howitzers from {maker}.",
    "The suspect bought a {doubtful:small_arm} rifle in {town}, {surname} said.",
    "{doubtful:vehicle} armoured vehicles were seen on a train near {town}.",
    "{doubtful:missile} anti-tank missiles and {many:vehicle} arrived in {land} on {day}.",
    "An [PRODUCT MQ-9 Reaper] went down on {day}; the [PRODUCT Reaper] had taken off from {town}.",
    "{surname} said the [PRODUCT Reaper] was flying west when the [PRODUCT Su-27] struck its propeller.",
    "The [PRODUCT Patriot] system shot down a [PRODUCT Kinzhal], {people} officials said.",
    "[PRODUCT Leopards] and [PRODUCT Bradleys] crossed the river with the [ORG 47th Brigade].",
    "The first [PRODUCT Abrams] tanks reached {land} in {year}.",
    '"The [PRODUCT HIMARS] changed the war," {person} told {agency}.',
    "{land} wants [PRODUCT F-16s]; {land} has offered [PRODUCT MiG-29s] instead.",
    "At [FAC Khmeimim Air Base], {number} {many:aircraft} stood in the open.",
    "Workers at [FAC Antonov Airport] watched {an:aircraft} land.",
    "Police said {an:airliner} of [ORG Air Baltic] had to turn back to {town}.",
    "The {name:airliner} carried 180 passengers from {town} to {town}.",
    "{maker} will deliver {number} {many:airliner} to [ORG Turkish Airlines] by {year}.",
    "What is {an:uav}, and why is it over {town}?",
    "{people} {many:aircraft} bomb {town}; {number} dead",
    "{agency} quoted {person} as saying that {an:air_defence} had downed the {name:aircraft}.",
    "The {name:air_defence}, made by {maker}, can track {number} targets at once.",
    "In {year} the {office} bought {many:uav} for [MONEY $320 million].",
    "According to {person} of the {office}, the {name:uav} entered {people} airspace near {town}.",
    "{person} flew the {name:aircraft} for the {office} until {year}.",
    "{number} soldiers died when their {name:vehicle} hit a mine in {land}.",
    "The {office} says the {name:artillery} can fire ten rounds a minute.",
    "{land} and {land} agreed to build the {name:aircraft} together.",
    "Without {many:missile}, {surname} said, {land} could not reach [FAC Saky airfield].",
    "A swarm of {many:uav} flew towards {town} on {day} night.",
)

_NEGATIVES = (
    "The [ORG New England Patriots] beat the [ORG Miami Dolphins] on {day}.",
    "{person} is a patriot, {surname} told the crowd in {town}.",
    "{person}, a javelin thrower from {land}, won silver in {town}.",
    "A leopard was seen near the school in {town}, {agency} reported.",
    "The [ORG Leicester Tigers] signed {person} on {day}.",
    "[PERSON Stacey Abrams] spoke to voters in [LOC Atlanta] on {day}.",
    "[PERSON J. J. Abrams] will direct the film, {agency} reported.",
    "The grim reaper on the poster frightened children in {town}.",
    "A lorry overturned on the [FAC M4] near [LOC Reading] on {day}.",
    "Traffic on the [FAC A1] near {town} was stopped for {number} hours.",
    "Leaders of the [ORG G-20] met in {town} on {day}.",
    "Doctors in {town} told {person} to take vitamin B-12.",
    "{land} recorded 40 deaths from [MISC Covid-19] on {day}.",
    "{person} wore a T-shirt with the flag of {land}.",
    "Students on an F-1 visa may stay in [LOC America], the {office} said.",
    "{person} holds an H-1B visa and works for [ORG Google].",
    "The [ORG Atlanta Falcons] and the [ORG Philadelphia Eagles] meet on {day}.",
    "[PERSON Tiger Woods] will not play in {town}, his agent said.",
    "[LOC Apache County] counted its votes again on {day}, {person} said.",
    "The [ORG Apache Software Foundation] thanked {person}.",
    "A storm broke the mast of the yacht off {town} on {day}.",
    "Heavy rain and a tornado hit {town}, killing {number} people.",
    "The typhoon reached {land} on {day}, {agency} said.",
    "[PERSON Winston Churchill] visited {town} in [DATE 1943].",
    "[PERSON Selçuk Bayraktar], who heads the firm, met President {person} in {town}.",
    "{person} of [ORG Challenger Bank] said rates would fall in {year}.",
    "The [LOC Black Sea] port of {town} was closed on {day}.",
    "The statue of a lion and a panther stands in {town}.",
    "Senator {person} asked the {office} to explain the delay.",
    "The warrior on the coin is a king of {land}, {person} said.",
    "{person} and {person} met the head of the {office} in {town}.",
    "Eagles nest on the cliffs of {land} again, {surname} said.",
    "A cobra bit a farmer near {town}, doctors told {agency}.",
    "{person} plays the hornet in the school play in {town}.",
    "A raven and a hawk escaped from the zoo in {town} on {day}.",
    "The trial of {person} begins in {town} on {day} in courtroom B-2.",
    "Flight DL-27 from {town} landed {number} hours late.",
    "Seat F-16 was empty, the steward told {person}.",
    "Take exit S-3 for {town}, {person} told the drivers.",
    "The [MISC FTSE 100] fell by 2%, {agency} said on {day}.",
    "The [MISC Nasdaq 100] closed at 17,000 points on {day}.",
    "Doctors in {town} found [MISC SARS-CoV-2] and H5N1 in {number} patients.",
    "A crash shut the [FAC M25] and the [FAC A303] for {number} hours.",
    "The band [ORG UB40] played in {town} on {day}, and [ORG U2] in {land}.",
    "The form is printed on A2 and B5 paper, {person} said.",
    "[ORG Radio 4] and [ORG France 24] sent crews to {town}.",
    "Foreign ministers of the [ORG G-8] and the [ORG E3] met in {town}.",
    "Pupils with three AS-levels may go to {town}, the {office} said.",
    "An [PRODUCT Airbus A320] and a [PRODUCT Boeing 777] were to land in {town} on {day}.",
    "The [PRODUCT iPhone 14] sold well in {land}, {person} said.",
    "Voters in district 12 chose {person} over {surname} in [DATE 2016].",
    "The spike in prices hit {land} hard, {person} of {maker} said.",
)
