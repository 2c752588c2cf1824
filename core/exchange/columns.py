"""What the columns of lists are called, and what stands in a column that nobody named."""

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import zip_longest
from typing import Final

from core.banks.values import is_identifier, is_platform, looks_like_address
from core.identifiers.service import words as listed
from core.text.prose import folded, words

FIELDS: Final[Mapping[str, tuple[str, ...]]] = {
    "ref": ("ref", "id", "source_id", "no"),
    "label": ("label",),
    "reason": ("reason",),
    "source": ("source",),
    "entity": ("entity", "group"),
    "name": ("display_name", "name"),
    "avatar": ("avatar",),
    "md5": ("md5", "video_md5"),
    "sha1": ("sha1", "sha_1"),
    "sha256": ("sha256", "sha_256"),
    "pdq": ("pdq",),
    "pdq_quality": ("pdq_quality",),
    "canonical": ("canonical",),
    "url": ("url", "link"),
    "handle": ("handle", "username", "user_name"),
    "platform": ("platform",),
    "text": ("text",),
    "phrase": ("phrase",),
    "expression": ("expression",),
    "file": ("file",),
    "kind": ("kind",),
    "value": ("value",),
    "state": ("state",),
    "ideology": ("ideology",),
    "first_seen": ("first_seen",),
    "last_seen": ("last_seen",),
    "expires_at": ("expires_at", "expires"),
    "sharing": ("sharing", "tlp"),
}
"""What each field may be called, the clearest name first; whatever is called otherwise is kept as it is."""

_ALSO: Final[Mapping[str, tuple[str, ...]]] = {
    "ref": ("s no", "sr no", "ser no", "serial no", "serial", "نمبر شمار", "ردیف", "شمېره", "ক্রমিক"),
    "entity": (
        *("organisation", "organization", "org", "outfit", "affiliation", "designated entity"),
        *(
            "تنظیم",
            "گروپ",
            "گروہ",
            "المجموعة",
            "المنظمة",
            "التنظيم",
            "ډله",
            "گروه",
            "سازمان",
            "সংগঠন",
            "संगठन",
        ),
    ),
    "name": (
        *("account name", "page name", "channel name", "profile name", "group name", "full name", "title"),
        *("name of account", "نام", "اسم الحساب", "الاسم", "نوم", "নাম", "नाम"),
    ),
    "url": (
        *("urls", "links", "uri", "web address", "address", "hyperlink"),
        *("لنک", "یو آر ایل", "الرابط", "رابط", "لینک", "پیوند", "لېنک", "লিংক", "লিঙ্ক", "लिंक"),
    ),
    "handle": (
        *("user id", "userid", "account handle", "account id", "screen name", "account username"),
        *("یوزر نیم", "صارف نام", "اسم المستخدم", "المعرف", "نام کاربری", "ইউজারনেম"),
    ),
    "platform": (
        *("social media platform", "social media", "network", "social network", "service", "site", "app"),
        *("website", "application", "medium"),
        *("پلیٹ فارم", "المنصة", "منصة", "پلتفرم", "پلاتفورم", "سکو", "প্ল্যাটফর্ম", "प्लेटफ़ॉर्म", "मंच"),
    ),
}
"""What people call them in tables they keep by hand; less clear than the names above."""

_BY_WORD: Final = (
    ("url", frozenset({"url", "urls", "link", "links", "uri"})),
    ("handle", frozenset({"handle", "handles", "username", "usernames"})),
    ("platform", frozenset({"platform", "platforms"})),
    ("entity", frozenset({"organisation", "organization", "outfit", "affiliation"})),
)
"""Words that tell what a column holds, whatever other words stand in its heading."""

_ASIDE: Final = listed(
    "archive avatar date evidence file id image logo md5 no number parent photo picture post proof reason "
    "reference remarks report reported sample screenshot see source status type"
)
"""Words of headings that speak of something else than the item itself ("Source URL", "Link status")."""

_NAMING: Final = (
    *("account", "accounts", "id", "profile", "page", "channel", "group"),
    *("اکاؤنٹ", "الحساب", "حساب"),
)
"""Where a table has a platform and nothing else that tells who is meant: columns that hold the names."""

_FIELD_OF: Final = {name: field for field, names in FIELDS.items() for name in names}


_HUMP: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")
"""Where words of a name are set apart by a capital: `accountUrl`."""


def _plain(heading: str) -> str:
    """Return a heading's words, small and one space apart; letters of Arabic script folded."""
    if heading.isascii():
        return " ".join(re.findall(r"[a-z0-9]+", _HUMP.sub(" ", heading).casefold()))
    return words(folded(heading))


_ALSO_OF: Final = {_plain(name): field for field, names in _ALSO.items() for name in names}
_NAMINGS: Final = tuple(map(_plain, _NAMING))
_HALF: Final = 0.5
_LESS_CLEAR: Final = 100
_VALUE: Final = re.compile(r"[:@]|\w\.\w")
"""What no heading has, and an address after the word "url" does."""

_HEADING: Final = 6
"""Words of a heading, at most; more are a sentence that happens to hold one of them."""

TELLING: Final = listed("canonical expression file handle hash64 md5 pdq phrase sha1 sha256 text url value")
"""Fields that say by themselves which item is meant."""

_LOOKS: Final = frozenset({"canonical", "url", "platform", "md5", "sha1", "hash64"})

_PLATFORM: Final = frozenset({"platform"})

HASHES: Final = {
    "md5": re.compile(r"[0-9a-fA-F]{32}"),
    "sha1": re.compile(r"[0-9a-fA-F]{40}"),
    "hash64": re.compile(r"[0-9a-fA-F]{64}"),
}
"""Hashes that nobody named; 64 digits may be two kinds, and only whoever keeps the list knows which."""


def fields_of(names: Sequence[str]) -> list[str]:
    """Return the field that each column holds; for a column that is not known, its own name after a `+`.

    Of two columns that would hold the same field, the one with the clearer name does.
    """
    found = [_field(name) for name in names]
    best: dict[str, int] = {}
    for i, (field, clarity) in enumerate(found):
        if field and (field not in best or clarity < found[best[field]][1]):
            best[field] = i
    return [
        field if field and best[field] == i else f"+{names[i].strip() or f'column {i + 1}'}"
        for i, (field, _) in enumerate(found)
    ]


def completed(fields: Sequence[str], names: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """Return the fields of a table whose headings do not say where its items are, by what stands in it.

    Args:
        fields: What the headings say.
        names: The headings.
        rows: Some of its rows.
    """
    if platforms_of(fields):
        return list(fields)
    wanted = _PLATFORM if TELLING.intersection(fields) else _LOOKS
    looks = guessed([row[: len(fields)] for row in rows])
    found = [
        look if field.startswith("+") and look in wanted and look not in fields else field
        for field, look in zip_longest(fields, looks[: len(fields)], fillvalue="")
    ]
    if "platform" in found and not TELLING.intersection(found):
        plain = [_plain(re.split(r"[/|,]", name)[0]) for name in names]
        at = next((plain.index(name) for name in _NAMINGS if name in plain), -1)
        if at >= 0 and not all(row[at].isdigit() for row in rows if at < len(row)):
            found[at] = "handle"
    return found


def platforms_of(fields: Sequence[str]) -> dict[str, str]:
    """Return the platforms that have a column of their own ("Facebook", "Twitter"), by the columns' names.

    That holds only where no other column says which item is meant.
    """
    if TELLING.intersection(fields) or "platform" in fields:
        return {}
    return {name: name[1:] for name in fields if name.startswith("+") and is_platform(name[1:])}


def known(cells: Sequence[str]) -> int:
    """Count the columns that these cells name; 0 where one is an address, so that they are no header."""
    if any(looks_like_address(c) or is_identifier(c) for c in cells):
        return 0
    return sum(bool(_field(c)[0]) for c in cells)


def guessed(rows: Sequence[Sequence[str]]) -> list[str]:
    """Return the field that each column of a table without a header holds, judged by some of its rows."""
    width = max((len(row) for row in rows), default=0)
    kinds = [_kind([row[i] for row in rows if i < len(row) and row[i].strip()]) for i in range(width)]
    taken: set[str] = set()
    fields = []
    for i, kind in enumerate(kinds):
        field = kind if kind and kind not in taken else f"+column {i + 1}"
        if kind == "words":
            field = "name" if "name" not in taken else f"+column {i + 1}"
        taken.add(field)
        fields.append(field)
    if "platform" in fields and not TELLING.intersection(fields) and "name" in fields:
        at = fields.index("name")
        if not any(len(row[at].split()) > 1 for row in rows if at < len(row)):
            fields[at] = "handle"
    return fields


def _field(name: str) -> tuple[str, int]:
    """Return the field of a column by its name, or "", and how far down its names this one is.

    "Link / ID" is called by its first word that is known.
    """
    alternatives = [_plain(alternative) for alternative in re.split(r"[/|,]", name)]
    for plain in alternatives:
        if field := _FIELD_OF.get(plain.replace(" ", "_"), ""):
            return field, FIELDS[field].index(plain.replace(" ", "_"))
    for plain in (*alternatives, _plain(name)):
        if field := _ALSO_OF.get(plain, ""):
            return field, _LESS_CLEAR
    said = frozenset(_plain(name).split())
    if said & _ASIDE or len(said) > _HEADING or _VALUE.search(name):
        return "", 0
    return next(((field, 2 * _LESS_CLEAR) for field, telling in _BY_WORD if said & telling), ("", 0))


def _kind(cells: Sequence[str]) -> str:
    """Say what most cells of a column are, or "" where it is nothing that is known."""
    tests: Iterable[tuple[str, Sequence[bool]]] = (
        ("canonical", [is_identifier(c) for c in cells]),
        *((field, [bool(form.fullmatch(c)) for c in cells]) for field, form in HASHES.items()),
        ("url", [looks_like_address(c) for c in cells]),
        ("platform", [is_platform(c) for c in cells]),
        ("ref", [c.isdigit() for c in cells]),
        ("words", [any(x.isalpha() for x in c) for c in cells]),
    )
    return next((kind for kind, hits in tests if cells and sum(hits) / len(cells) > _HALF), "")
