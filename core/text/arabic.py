# ruff: noqa: RUF001 - letters that look like others are the subject
"""The letters of Arabic, Urdu, Pashto and Persian, folded so that one spelling stands for all keyboards.

Two tables, for comparing only: shown to a reader, a folded text is misspelt. `SAME` holds letters that a
reader takes for one and the same: another keyboard's code point, or a seat of hamza that people leave out.
`ALIKE` goes on from there to letters that tell words apart (Urdu کہا and کھا) and that are still swapped by
whoever writes in haste or wants not to be found; it serves likeness between whole texts, never single words.

Marks (harakat, the madda and hamza above a letter) and tatweel are gone before these tables are asked, and
presentation forms are plain letters: `core.text.prose` sees to both.
"""

from collections.abc import Mapping
from typing import Final

SAME: Final[Mapping[str, str]] = {
    # alef
    "ٱ": "ا",  # wasla
    "ٲ": "ا",  # Kashmiri hamza above
    "ٳ": "ا",  # Kashmiri hamza below
    "ٴ": "",  # high hamza, which Kazakh puts before a letter
    # yeh: Arabic ends a word in ى, Persian and Urdu write ی everywhere
    "ى": "ي",
    "ی": "ي",
    "ۍ": "ي",  # Pashto, with tail: old keyboards write ی
    "ې": "ي",  # Pashto e: likewise
    "ێ": "ي",
    "ؽ": "ي",
    "ؾ": "ي",
    "ؿ": "ي",
    # kaf and gaf
    "ک": "ك",
    "ڪ": "ك",  # Sindhi swash
    "ګ": "گ",  # Pashto ring
    # heh; ة loses its dots in everyday Arabic
    "ة": "ه",
    "ہ": "ه",  # Urdu goal
    "ۃ": "ه",  # Urdu teh marbuta
    "ە": "ه",  # Kurdish and Uyghur ae
    "ۀ": "ه",
    "ۂ": "ه",
    # teh
    "ٿ": "ث",
    # yeh barree carries a hamza that is often left out
    "ۓ": "ے",
}
"""A letter, and the one that stands for it; an empty string where it may be left out."""

ALIKE: Final[Mapping[str, str]] = {
    "ھ": "ه",  # Urdu's sign of aspiration, written for a heh and the other way round
    "ے": "ي",
    "ں": "ن",
    "ڼ": "ن",  # Pashto, written ن on foreign keyboards
    "ټ": "ت",
    "ٹ": "ت",
    "ډ": "د",
    "ڈ": "د",
    "ړ": "ر",
    "ڑ": "ر",
    "ږ": "ر",
    "ښ": "س",
    "ځ": "ح",
    "څ": "ح",
    "گ": "ك",
    "پ": "ب",
    "چ": "ج",
    "ژ": "ز",
    "ڤ": "ف",
    "ڥ": "ف",
    "ء": "",  # a hamza on the line: left out, or put on a seat
}
"""A folded letter, and the one it may be swapped with; an empty string where it may be left out."""
