"""Pulls values out of one JSON file without holding the whole of it.

An export of a large group is gigabytes long, but one message of it is small: the file is walked key by key,
and only what the caller asks for is decoded. What cannot be read is refused with its line and a remedy.
"""

import codecs
import json
import re
from collections.abc import Iterator
from typing import BinaryIO, Final, Never

from core.errors import BadInput

_CHUNK_BYTES: Final = 256 * 1024
_VALUE_CHARACTERS: Final = 16 * 1024 * 1024
_SPACES: Final = 200
_DECODER: Final = json.JSONDecoder(strict=False)
_SPACE: Final = re.compile(r"[ \t\r\n]*")
_CPLUSPLUS_ESCAPE: Final = re.compile(r"((?<!\\)(?:\\\\)*)\\x([0-9A-Fa-f]{2})")


class JsonStream:
    """A cursor in one JSON file; every method takes exactly one value and stands after it.

    Args:
        file: Read from its present position, as UTF-8 with or without a byte order mark.
        name: How messages for people call the file.
        remedy: What to do about a broken file, a whole sentence.
        encoding: How the file is encoded, as Python calls it.
        most_characters: A longer value is refused.
        chunk_bytes: How much is read at once.

    Attributes:
        taken_bytes: How far the file is read.
        taken: The value that `value` gave last, as it stands in the file.
    """

    def __init__(  # noqa: PLR0913 - each is one word where it is called
        self,
        file: BinaryIO,
        *,
        name: str,
        remedy: str,
        encoding: str = "utf-8-sig",
        most_characters: int = _VALUE_CHARACTERS,
        chunk_bytes: int = _CHUNK_BYTES,
    ) -> None:
        self._file = file
        self._name = name
        self._remedy = remedy
        self._most = most_characters
        self._chunk_bytes = chunk_bytes
        self._decode = codecs.getincrementaldecoder(encoding)(errors="replace").decode
        self._text = ""
        self._at = 0
        self._line = 1
        self._counted = 0
        self._ended = False
        self.taken = ""
        self.taken_bytes = 0

    @property
    def line(self) -> int:
        """The line of the next value, from 1, once it was peeked at; each line end is counted once."""
        self._line += self._text.count("\n", self._counted, self._at)
        self._counted = self._at
        return self._line

    def begins(self, key: str) -> bool:
        """Tell whether the next value is an object whose first key is this one, without taking it."""
        self.peek()
        start = re.compile(rf'\{{\s*"{re.escape(key)}"\s*:')
        # White space may fill any file; a little of it is enough for whoever writes in good faith.
        while len(self._text) - self._at < len(key) + _SPACES and self._more():
            pass
        return start.match(self._text, self._at) is not None

    def peek(self) -> str:
        """Return the first character of the next value without taking it; "" at the end of the file."""
        while True:
            self._at = _SPACE.match(self._text, self._at).end()  # type: ignore[union-attr]  # matches "" too
            if self._at < len(self._text):
                return self._text[self._at]
            if not self._more():
                return ""

    def members(self) -> Iterator[str]:
        """Walk an object; after each key the caller takes its value."""
        self._expect("{")
        while self.peek() != "}":
            key = self.value()
            if not isinstance(key, str):
                self.refuse("not JSON (a key that is not text)")
            self._expect(":")
            yield key
            if self.peek() != "}":
                self._expect(",")
        self._expect("}")

    def elements(self) -> Iterator[None]:
        """Walk an array; each time the caller takes the next value."""
        self._expect("[")
        while self.peek() != "]":
            yield
            if self.peek() != "]":
                self._expect(",")
        self._expect("]")

    def value(self) -> object:
        """Decode and take the next value.

        Raises:
            BadInput: It is broken, cut off, nested too deep or too long.
        """
        self.peek()
        while True:
            try:
                value, end = _DECODER.raw_decode(self._text, self._at)
            except RecursionError:
                self.refuse("nested too deep")
            except ValueError as exc:
                if self._mended():
                    continue
                if self._ended or len(self._text) - self._at > self._most:
                    self._refuse_value(exc)
                self._more()
                continue
            # A number at the end of what was read so far may go on: then it is decoded again.
            if self._text[end : end + 8].strip("0123456789.eE+-") or not self._more():
                self.taken = self._text[self._at : end]
                self._at = end
                return value

    def skip(self) -> None:
        """Take the next value without holding it."""
        opening = self.peek()
        try:
            if opening == "{":
                for _ in self.members():
                    self.skip()
            elif opening == "[":
                for _ in self.elements():
                    self.skip()
            else:
                self.value()
        except RecursionError:
            self.refuse("nested too deep")

    def refuse(self, why: str, *, at: int | None = None) -> Never:
        """Raise BadInput for the present line."""
        line = self._line + self._text.count("\n", self._counted, self._at if at is None else at)
        raise BadInput(f"cannot read {self._name}: line {line}: {why}. {self._remedy}") from None

    def _refuse_value(self, error: ValueError) -> Never:
        if not isinstance(error, json.JSONDecodeError):
            self.refuse("a number with too many digits")
        if self._ended and (error.pos >= len(self._text.rstrip()) or error.msg.startswith("Unterminated")):
            self.refuse("the file ends in the middle", at=len(self._text.rstrip()))
        if not self._ended and len(self._text) - self._at > self._most:
            self.refuse(f"a value of over {self._most:,} characters, or a quotation mark too many")
        self.refuse(f"not JSON ({error.msg[:1].lower()}{error.msg[1:]})", at=error.pos)

    def _expect(self, character: str) -> None:
        found = self.peek()
        if not found:
            self.refuse("the file ends in the middle")
        if found != character:
            self.refuse(f'not JSON ("{character}" expected)')
        self._at += 1

    def _more(self) -> bool:
        """Read on, and let go of what was taken; False at the end of the file."""
        if self._ended:
            return False
        chunk = self._file.read(self._chunk_bytes)
        self.taken_bytes += len(chunk)
        self._ended = not chunk
        self._line += self._text.count("\n", self._counted, self._at)
        self._counted = 0
        self._text = self._text[self._at :] + self._decode(chunk, final=self._ended)
        self._at = 0
        return not self._ended

    def _mended(self) -> bool:
        r"""Spell Telegram Desktop's `\x0B` as JSON does; True if there was any.

        Source: tdesktop, export_output_json.cpp, SerializeString: control characters are written as in C++.
        """
        rest = self._text[self._at :]
        mended = _CPLUSPLUS_ESCAPE.sub(r"\1\\u00\2", rest)
        self._text = self._text[: self._at] + mended
        return mended != rest
