"""Faults whose cause and right code are known, drawn from a code list: what suggestions are measured on.

Shares no code with rules, repairs or suggestions. A fault is a function (right code, its title, draw) → what was sent, or None where
the list cannot have it. `KINDS` names each with the class of its true cause.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass, field

PERSIAN = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
FILLERS = ["0", "000", "999", "9999", "-", "test", "ندارد", "نامشخص", "null", "N/A", "xx", "..."]


@dataclass
class Entry:
    """A code of the list and its title."""

    code: str
    title: str


@dataclass
class Fault:
    """What was sent, and what is known of it. `shared`: the codes in force that bear the right title."""

    kind: str
    cause_class: str
    terminology: str
    right: str
    code: str
    title: str
    declared: str
    shared: int = 1

    @property
    def decidable(self) -> bool:
        """Whether what was sent names one code: its code does, or its title, which no other code of the list bears."""
        return self.shared == 1 or self.kind in CODE_TELLS


@dataclass
class World:
    """What a draw may look at: the entries of the list, retired codes (old → current, with or without a named successor), other lists' codes."""

    terminology: str
    entries: list[Entry]
    codes: set[str]
    bearers: dict[str, int]
    succeeded: dict[str, str] = field(default_factory=dict)
    renumbered: dict[str, str] = field(default_factory=dict)
    kin: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    strangers: list[str] = field(default_factory=list)


def _at(text: str, place: int, new: str) -> str:
    return text[:place] + new + text[place + 1 :]


def _inside(code: str, what: str, rng: random.Random) -> str | None:
    if len(code) < 2:
        return None
    place = rng.randint(1, len(code) - 1)
    return code[:place] + what + code[place:]


def zero_lost(e: Entry, rng: random.Random) -> str | None:
    return e.code.lstrip("0") if e.code.startswith("0") else None


def letter_o(e: Entry, rng: random.Random) -> str | None:
    places = [i for i, c in enumerate(e.code) if c == "0"]
    return _at(e.code, rng.choice(places), rng.choice("Oo")) if places else None


def letter_l(e: Entry, rng: random.Random) -> str | None:
    places = [i for i, c in enumerate(e.code) if c == "1"]
    return _at(e.code, rng.choice(places), rng.choice("lI")) if places else None


def separator_lost(e: Entry, rng: random.Random) -> str | None:
    return e.code.replace(".", "").replace("-", "") if "." in e.code or "-" in e.code else None


def separator_wrong(e: Entry, rng: random.Random) -> str | None:
    sign = rng.choice([",", "/", "_", ":", "،", "–", "−", "٫", " ", "-" if "." in e.code else "."])
    return e.code.replace(".", sign).replace("-", sign) if "." in e.code or "-" in e.code else None


def lower_case(e: Entry, rng: random.Random) -> str | None:
    return e.code.lower() if e.code.lower() != e.code else None


REPAIRABLE: dict[str, Callable[[Entry, random.Random], str | None]] = {
    "leading zero lost": zero_lost,
    "Persian digits": lambda e, rng: e.code.translate(PERSIAN),
    "Arabic digits": lambda e, rng: e.code.translate(ARABIC),
    "blank inside": lambda e, rng: _inside(e.code, rng.choice([" ", "\u00a0", "\t"]), rng),
    "half-blank or mark inside": lambda e, rng: _inside(e.code, rng.choice(["\u200c", "\u200b", "\u200f", "\ufeff"]), rng),
    "blank outside": lambda e, rng: rng.choice([" {}", "{} ", "{}\n", "\u00a0{}"]).format(e.code),
    "O for 0": letter_o,
    "l or I for 1": letter_l,
    "separator lost": separator_lost,
    "separator wrong": separator_wrong,
    "lower case": lower_case,
    "attribute sign": lambda e, rng: rng.choice(["#{}", "*{}", "{}#", "{}*", "#*{}"]).format(e.code),
    "dagger": lambda e, rng: e.code + rng.choice("†+") if e.code[:1].isalpha() else None,
}


CODE_TELLS = {*REPAIRABLE, "typo and title", "swapped", "code and title cut off", "typo, no title (IRC)", "cut off, no title (IRC)", "retired with successor", "IRC code, right title"}


def typo(e: Entry, rng: random.Random) -> str | None:
    """One digit another, or two neighbours exchanged."""
    if rng.random() < 0.5:
        places = [i for i, c in enumerate(e.code) if c.isdigit()]
        place = rng.choice(places)
        return _at(e.code, place, rng.choice([d for d in "0123456789" if d != e.code[place]]))
    pairs = [i for i in range(len(e.code) - 1) if e.code[i].isdigit() and e.code[i + 1].isdigit() and e.code[i] != e.code[i + 1]]
    if not pairs:
        return None
    i = rng.choice(pairs)
    return e.code[:i] + e.code[i + 1] + e.code[i] + e.code[i + 2 :]


def local(rng: random.Random) -> str:
    return rng.choice(
        [f"{rng.randrange(10, 99999)}", f"L{rng.randrange(1000, 99999)}", f"HIS-{rng.randrange(100, 9999)}", f"{rng.randrange(10**6, 10**9)}", f"D-{rng.randrange(100, 999)}.{rng.randrange(9)}"]
    )


def misspelt(title: str, rng: random.Random) -> str | None:
    """One or two letters wrong; never a digit, which would name another thing."""
    places = [i for i, c in enumerate(title) if c.isalpha()]
    if len(places) < 8:
        return None
    for _ in range(1 if len(title) < 25 else 2):
        places = [i for i, c in enumerate(title) if c.isalpha() and i + 1 < len(title) and title[i + 1].isalpha()]
        if not places:
            return None
        i = rng.choice(places)
        how = rng.randrange(3)
        if how == 0:
            title = title[:i] + title[i + 1 :]
        elif how == 1:
            title = title[:i] + title[i + 1] + title[i] + title[i + 2 :]
        else:
            title = title[: i + 1] + title[i] + title[i + 1 :]
    return title


def shortened(title: str, rng: random.Random) -> str | None:
    """The first two thirds or more of the words."""
    words = title.split()
    return " ".join(words[: max(3, -(-len(words) * 3 // 4))]) if len(words) >= 5 else None


def respaced(title: str, rng: random.Random) -> str:
    return rng.choice([title.replace(" ", "  "), title.replace("\u200c", " "), title.replace("\u200c", ""), " " + title + " ", title.replace(" - ", "-").replace(" / ", "/")])


TITLES: dict[str, Callable[[str, random.Random], str | None]] = {
    "exact": lambda title, rng: title,
    "Arabic letters": lambda title, rng: title.replace("ی", "\u064a").replace("ک", "\u0643") if "ی" in title or "ک" in title else None,
    "other spacing": respaced,
    "other case": lambda title, rng: title.lower() if title.lower() != title else None,
    "misspelt": misspelt,
    "shortened": shortened,
}


class Draw:
    """Faults of one list, collected. Those that give another listed code are kept: the judge says whether they fail."""

    def __init__(self, world: World, number: int, rng: random.Random) -> None:
        self.world, self.number, self.rng = world, number, rng
        self.titles = {e.code: e.title for e in world.entries}
        self.made: list[Fault] = []

    def add(self, kind: str, cause_class: str, e: Entry, code: str | None, title: str | None, declared: str = "") -> None:
        """Keep a fault, unless the list cannot have it or nothing was done."""
        own = self.world.terminology
        if code is not None and title is not None and (code, declared or own) != (e.code, own):
            self.made.append(Fault(kind, cause_class, own, e.code, code, title, declared or own, self.world.bearers.get(e.title, 1)))

    def shapes(self) -> None:
        """Codes whose shape can be repaired, with and without their title."""
        for kind, damage in REPAIRABLE.items():
            before = len(self.made)
            for e in self.rng.sample(self.world.entries, min(len(self.world.entries), self.number * 3)):
                if len(self.made) - before < self.number:
                    self.add(kind, "format", e, damage(e, self.rng), e.title if self.rng.random() < 0.5 else "")

    def mistakes(self) -> None:
        """Codes mistyped, cut off, missing or put elsewhere, beside their right title."""
        rng = self.rng
        for e in rng.choices(self.world.entries, k=self.number):
            self.add("typo and title", "format", e, typo(e, rng), e.title)
            self.add("swapped", "swapped", e, e.title, e.code)
            self.add("title as code", "typed_label", e, e.title, rng.choice(["", e.title]))
            self.add("placeholder and title", "placeholder", e, rng.choice(FILLERS), e.title)
            self.add("no code, title", "missing", e, "", e.title)
            cut = e.code[: max(3, len(e.code) - rng.randint(1, 3))]
            self.add("code and title cut off", "truncation", e, cut if cut != e.code else None, e.title[: max(12, len(e.title) * 2 // 3)])
            if len(e.code) == 16:
                self.add("typo, no title (IRC)", "format", e, typo(e, rng), "")
                self.add("cut off, no title (IRC)", "truncation", e, e.code[: rng.randint(11, 15)], "")
            if self.world.strangers:
                self.add("code of another field, right title", "wrong_field", e, rng.choice(self.world.strangers), e.title)

    def other_lists(self) -> None:
        """Local, retired and other lists' codes."""
        rng, world = self.rng, self.world
        for kind, change in TITLES.items():
            for e in rng.choices(world.entries, k=self.number):
                self.add(f"local code, title {kind}", "local_code", e, local(rng), change(e.title, rng), rng.choice(["", "Local", "HIS", "iranCoding"]))
        for kind, pairs in (("retired with successor", world.succeeded), ("retired, same title", world.renumbered)):
            for old, new in rng.sample(sorted(pairs.items()), min(self.number, len(pairs))):
                title = self.titles.get(new, "")
                self.add(kind, "old_list", Entry(new, title), old, title if rng.random() < 0.5 else "")
        for other, linked in world.kin.items():
            for code, right in rng.sample(linked, min(self.number, len(linked))):
                if right in self.titles:
                    self.add(f"{other} code, right title", "wrong_list", Entry(right, self.titles[right]), code, self.titles[right], rng.choice(["", other]))


def draw(world: World, number: int, rng: random.Random) -> list[Fault]:
    """About `number` faults of every kind, fewer where the list cannot have them."""
    drawn = Draw(world, number, rng)
    drawn.shapes()
    drawn.mistakes()
    drawn.other_lists()
    return drawn.made
