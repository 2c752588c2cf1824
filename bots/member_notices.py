"""A notice to a member, put together: what was decided about something of theirs, or taken back.

It says what was done, where, and whom to ask, in the language of the member's app where it is one of ours,
else in English; and why, in the words of the rules. It has no way to say which list, rule or entry it was: it
is never told those.
"""

from collections.abc import Iterator, Sequence
from datetime import tzinfo
from hashlib import sha256
from typing import Final

from bots.notice_words import ENGLISH, LANGUAGES, Words
from bots.wording import moment, quoted, whole_line
from core.model import Account, Action, ActionKind, Message, Notice, Telling, spoken

SENTENCES: Final = 3
LONGEST: Final = 400
"""Of the rules' own sentences, how many a notice tells, and how many characters of each."""


def words_of(account: Account) -> Words:
    """Return the sentences in an account's language."""
    return LANGUAGES.get(account.language.partition("-")[0].casefold(), ENGLISH)


def notice_of(action: Action, message: Message, zone: tzinfo) -> tuple[str, ...]:
    """Write a notice, line by line, not yet escaped for any markup.

    Args:
        action: A notice, as `core.case.told` gives it.
        message: What it is about; its author reads it.
        zone: The time zone of times; it is named beside them.
    """
    words = words_of(message.author)
    notice = action.notice or Notice()
    place = quoted(message.place.name) if message.place.name else words.here
    at = f"\u2068{moment(message.at, zone)}\u2069"
    said = [spoken(sentences, message.author.language) for sentences in notice.because[:SENTENCES]]
    is_reversal = notice.telling is Telling.REVERSAL
    lines = _reversal(words, notice) if is_reversal else _decision(words, notice, said)
    about = words.profile if message.happening.shows_account else words.message
    values = {"place": place, "at": at, "count": notice.warnings}
    return tuple(line.format_map(values) for line in (about, *lines))


def once_of(action: Action, message: Message) -> str:
    """Return what is the same for a notice that is to be sent a second time, and for no other."""
    notice = action.notice or Notice()
    return sha256("\n".join((message.id, action.kind, notice.telling, *notice.deeds)).encode()).hexdigest()[
        :16
    ]


def _decision(words: Words, notice: Notice, because: Sequence[str]) -> Iterator[str]:
    if notice.found:
        yield words.found.get(notice.found, words.found[""])
    yield from (_plain(said) for said in because)
    if notice.found:
        yield words.person if notice.by_person else words.program
    if notice.deeds == (ActionKind.WARN,):
        yield words.warned_only
    else:
        yield from (words.deeds[kind] for kind in notice.deeds)
    if not notice.deeds:
        yield words.nothing
    if notice.warnings > 1:
        yield words.counted
    yield words.ask


def _plain(said: str) -> str:
    """Return a rule's sentence on one line; what is in braces by now is somebody's name, and no place."""
    return whole_line(said, LONGEST).replace("{", "{{").replace("}", "}}")


def _reversal(words: Words, notice: Notice) -> Iterator[str]:
    yield words.mistaken
    yield from (words.taken_back[kind] for kind in notice.deeds)
    yield words.sorry
