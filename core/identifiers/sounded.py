# ruff: noqa: RUF001 - letters of other alphabets are the subject
"""Hosts that are written as they sound, in the letters of another language: `ٹی ڈاٹ می سلیش name`.

To a word filter there is no host in it, and every reader hears one. Each label has the spellings that are
usual for it; between two labels a dot stands, as a sign or as a word, because without it they are prose.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from core.identifiers.respelled import SAID_DOT, Respelled, behind, lowered, said_slash

_SOUNDS: Final[Mapping[str, tuple[str, ...]]] = {
    "t": ("ٹی", "تی", "تي", "ټي", "ټی", "টি", "टी", "ти"),
    "me": ("می", "مي", "ایم ای", "ام ای", "إم إي", "ام اي", "মি", "এমই", "এম ই", "मी", "एमई", "एम ई", "ми"),
    "telegram": (
        *("ٹیلیگرام", "ٹیلی گرام", "تیلیگرام", "تلگرام", "تليجرام", "تيليجرام", "تلغرام", "تيليغرام"),
        *("ټیلیګرام", "টেলিগ্রাম", "टेलीग्राम", "टेलिग्राम", "телеграм"),
    ),
    "com": ("کام", "کوم", "كوم", "কম", "कॉम", "ком"),
    "discord": ("ڈسکارڈ", "ڈسکورڈ", "ديسكورد", "دیسکورد", "ডিসকর্ড", "डिस्कॉर्ड", "дискорд"),
    "gg": ("جی جی", "جي جي", "جیجی", "জিজি", "জি জি", "जीजी", "जी जी", "гг"),
    "x": ("ایکس", "إكس", "اكس", "এক্স", "एक्स", "икс"),
    "twitter": ("ٹویٹر", "ٹوئٹر", "تويتر", "توییتر", "টুইটার", "ट्विटर", "твиттер"),
    "facebook": ("فیس بک", "فیسبک", "فيسبوك", "فیسبوک", "ফেসবুক", "फेसबुक", "фейсбук"),
    "instagram": (
        *("انسٹاگرام", "انستغرام", "انستجرام", "إنستغرام", "انستاگرام", "اینستاگرام"),
        *("ইনস্টাগ্রাম", "इंस्टाग्राम", "инстаграм"),
    ),
    "tiktok": ("ٹک ٹاک", "ٹکٹاک", "تيك توك", "تیک تاک", "টিকটক", "टिकटॉक", "тикток"),
    "youtube": ("یوٹیوب", "يوتيوب", "یوتیوب", "ইউটিউব", "यूट्यूब", "ютуб"),
    "chat": ("چیٹ", "شات", "تشات", "چت", "চ্যাট", "चैट", "чат"),
    "whatsapp": (
        *("واٹس ایپ", "واٹسایپ", "واٹس اپ", "واتساب", "واتس اب", "واتساپ"),
        *("হোয়াটসঅ্যাপ", "व्हाट्सएप", "ватсап"),
    ),
}
"""How the labels of hosts are spelled by ear in Urdu, Arabic, Persian, Pashto, Bengali, Hindi and Russian."""

_HOSTS: Final = (
    *("t.me", "telegram.me", "discord.gg", "discord.com", "chat.whatsapp.com", "whatsapp.com", "x.com"),
    *("twitter.com", "facebook.com", "instagram.com", "tiktok.com", "youtube.com"),
)
_SAME: Final = str.maketrans({"ی": "[یيى]", "ي": "[یيى]", "ک": "[کك]", "ك": "[کك]", " ": r"\s?"})
"""Letters that keyboards exchange, and a space that may be left out."""


def _label(label: str) -> str:
    return f"(?:{label}|{'|'.join(sound.translate(_SAME) for sound in _SOUNDS[label])})"


_HOST: Final = re.compile(
    r"(?<![\w@.\\'\u2019-])(?<![^/:]/)(?:"
    + "|".join(f"({SAID_DOT.join(map(_label, host.split('.')))})" for host in _HOSTS)
    + r")(?!\w)"
)


def sounded(text: str, plain_slashes: int = 0) -> Iterator[Respelled]:
    """Give what may be an address of a host that is written as it sounds, in order.

    Args:
        text: Any text; of one in ASCII nothing can come.
        plain_slashes: How many slashes of it are known to stand in plain addresses.
    """
    low = lowered(text)
    if text.count("/") <= plain_slashes and "\\" not in text and not said_slash(low):
        return
    for found in _HOST.finditer(low):
        if not found[0].isascii():
            host = _HOSTS[(found.lastindex or 1) - 1]
            yield from behind(text, low, found.start(), found.end(), host)
