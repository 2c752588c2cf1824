"""YAML text to plain values, with the place of every value, and with all that a policy file must not hold.

Built on the parser's events instead of its constructor: an alias bomb is never expanded, a file may be wrong
in several places at once, and the place of each key and value is at hand for messages. What is refused is
left out of the value, and its path is remembered, so that no second message is made of the same fault.
The only file that knows ruamel.yaml.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    Event,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceStartEvent,
)
from ruamel.yaml.nodes import ScalarNode
from ruamel.yaml.reader import ReaderError

from core.policy.faults import MOST, Fault, Spot, quoted
from core.policy.slips import Slip, legible, slip, unquoted, unseen

Value = None | bool | int | float | str | list["Value"] | dict[str, "Value"]
Path = tuple[str | int, ...]

MAX_DEPTH: Final = 32
"""Levels of nesting; the deepest rule that people write has a dozen."""

MAX_DIGITS: Final = 20
"""What is longer is no number that any key takes, and is kept as text."""


@dataclass(slots=True)
class Document:
    """What a text says, and where it says it.

    Attributes:
        text: As it was read.
        keys: Where the key of each path stands.
        values: Where the value of each path stands; for a collection, its first character.
        refused: Paths whose value was left out.
        typeset: Paths of texts that stand in the quotes of a word processor, which are letters to YAML.
        broken: The parser gave up, so that what is missing may stand after that place.
    """

    text: str = ""
    value: Value = None
    faults: list[Fault] = field(default_factory=list)
    keys: dict[Path, Spot] = field(default_factory=dict)
    values: dict[Path, Spot] = field(default_factory=dict)
    refused: set[Path] = field(default_factory=set)
    typeset: list[Path] = field(default_factory=list)
    broken: bool = False

    def refuse(self, spot: Spot, what: str, hint: str = "") -> None:
        """Note a fault of the YAML itself."""
        self.faults.append(Fault(spot=spot, what=what, hint=hint, remedy=_ALLOWED))


_ALLOWED: Final = "A policy is plain YAML 1.2: maps, lists, text and numbers. See policies/README.md#the-file"


def document(text: str) -> Document:
    """Read one YAML document; whatever the text is, faults are noted and never raised."""
    found = Document(text=text)
    try:
        _Composer(found).compose(_events(text))
    except _GivenUp:
        found.broken = True
    except ReaderError as error:
        line = text.count("\n", 0, error.position)
        column = error.position - text.rfind("\n", 0, error.position) - 1
        found.refuse(Spot(line=line, column=column), "not YAML: a control character")
        found.broken = True
    except MarkedYAMLError as error:
        _stopped(found, error)
        found.broken = True
    return found


def _stopped(found: Document, error: MarkedYAMLError) -> None:
    """Note where the parser stopped, or the slip that made it stop."""
    mark = error.problem_mark or error.context_mark
    spot = Spot(line=mark.line, column=mark.column) if mark else Spot(line=0, column=0)
    began = error.context_mark
    made = slip(found.text, spot, Spot(line=began.line, column=began.column) if began else None)
    if made:
        found.refuse(made.spot, f"not YAML: {made.what}", made.hint)
    else:
        found.refuse(spot, f"not YAML: {error.problem or error.context}")


class _GivenUp(Exception):
    """The rest of the text is not worth reading; never leaves this file."""


def _events(text: str) -> Iterator[Event]:
    try:
        yield from YAML(typ="rt", pure=True).parse(text)
    except YAMLError:
        raise
    except (ValueError, LookupError, TypeError, AttributeError, AssertionError) as error:
        # The scanner trips over its own feet on some broken input, e.g. an unfinished %YAML line.
        raise MarkedYAMLError(problem="the text cannot be parsed") from error


@dataclass(slots=True)
class _Frame:
    """A collection that is being read; `key` is the key whose value comes next."""

    path: Path
    into: list[Value] | dict[str, Value]
    spots: dict[str, Spot] = field(default_factory=dict)
    key: str | None = None
    skipped: int = 0


class _Composer:
    """Puts events together again; a stack instead of recursion, so that depth is only a number."""

    def __init__(self, found: Document) -> None:
        self.found = found
        self.stack: list[_Frame] = []
        self.documents = 0
        self.resolver = YAML(typ="rt", pure=True).resolver

    def compose(self, events: Iterator[Event]) -> None:
        for event in events:
            if isinstance(event, DocumentStartEvent):
                self.start(event)
            elif isinstance(event, CollectionEndEvent):
                self.stack.pop()
            elif isinstance(event, NodeEvent):
                self.node(event)

    def start(self, event: DocumentStartEvent) -> None:
        self.documents += 1
        if self.documents > 1:
            self.found.refuse(_spot(event), "a second document is not allowed")
            raise _GivenUp
        if event.version or event.tags:
            self.found.refuse(Spot(line=0, column=0), "a directive (%) is not allowed")

    def node(self, event: NodeEvent) -> None:
        if len(self.found.faults) >= MOST:
            raise _GivenUp
        refused = self.decorated(event)
        frame = self.stack[-1] if self.stack else None
        if frame is not None and isinstance(frame.into, dict) and frame.key is None:
            self.read_key(frame, event, refused=refused)
        else:
            self.read_value(frame, event, refused=refused)

    def decorated(self, event: NodeEvent) -> bool:
        """Refuse anchors, aliases and tags; tells whether the value is unusable."""
        if isinstance(event, AliasEvent):
            self.found.refuse(_spot(event), f"an alias (*{event.anchor}) is not allowed", "write it out")
            return True
        if event.anchor is not None:
            spot = Spot(line=_spot(event).line, column=_spot(event).column, width=len(event.anchor) + 1)
            self.found.refuse(spot, f"an anchor (&{event.anchor}) is not allowed", "leave it out")
        if isinstance(event, ScalarEvent | CollectionStartEvent) and event.tag is not None:
            self.found.refuse(_spot(event), "a tag (!) is not allowed", "leave it out")
            return True
        return False

    def read_key(self, frame: _Frame, event: NodeEvent, *, refused: bool) -> None:
        spot = _spot(event)
        key = event.value if isinstance(event, ScalarEvent) else None
        if isinstance(event, ScalarEvent) and self.tag(event) == "merge":
            self.found.refuse(spot, "a merge key (<<) is not allowed", "write it out")
            key = None
        elif not refused and (key is None or not key.isprintable()):
            made = unseen(key, spot) if key else None
            self.found.refuse(made.spot if made else spot, *_no_key(made))
            key = legible(key) if made and key else None
            # A space that does not indent puts a key into another map: what is missing is not known.
            self.found.broken |= made is not None and key is None
            key = None if key in frame.spots else key
        elif key is not None and key in frame.spots:
            first = frame.spots[key].line + 1
            new = (
                '; a new rule or step begins with "- "'
                if frame.path and isinstance(frame.path[-1], int)
                else ""
            )
            self.found.refuse(spot, f"duplicate key {quoted(key)}", f"already on line {first}{new}")
            key = None
        if key is None:
            # The value is read for its own faults, under a path that nothing else has.
            frame.skipped += 1
            key = f"\x00{frame.skipped}"
            self.found.refused.add((*frame.path, key))
        frame.spots[key] = spot
        self.found.keys[*frame.path, key] = spot
        frame.key = key
        if isinstance(event, MappingStartEvent | SequenceStartEvent):
            self.open(
                _Frame((*frame.path, key, "\x00"), {} if isinstance(event, MappingStartEvent) else []), spot
            )

    def read_value(self, frame: _Frame | None, event: NodeEvent, *, refused: bool) -> None:
        path = self.path(frame)
        value: Value = None
        if isinstance(event, MappingStartEvent):
            value = {}
        elif isinstance(event, SequenceStartEvent):
            value = []
        elif isinstance(event, ScalarEvent):
            value = self.scalar(event)
            self.note_quotes(path, event)
        if refused:
            self.found.refused.add(path)
        self.found.values[path] = _spot(event)
        if frame is None:
            self.found.value = value
        elif isinstance(frame.into, list):
            frame.into.append(value)
        elif frame.key is not None:
            if not frame.key.startswith("\x00"):
                frame.into[frame.key] = value
            frame.key = None
        if isinstance(value, dict | list):
            self.open(_Frame(path, value), _spot(event))

    def note_quotes(self, path: Path, event: ScalarEvent) -> None:
        if event.style is None and unquoted(event.value) != event.value:
            self.found.typeset.append(path)

    def path(self, frame: _Frame | None) -> Path:
        if frame is None:
            return ()
        return (*frame.path, len(frame.into) if isinstance(frame.into, list) else frame.key or "")

    def open(self, frame: _Frame, spot: Spot) -> None:
        self.stack.append(frame)
        if len(self.stack) > MAX_DEPTH:
            self.found.refuse(spot, f"nested deeper than {MAX_DEPTH} levels")
            raise _GivenUp

    def tag(self, event: ScalarEvent) -> str:
        """Return what the scalar is by its form: str, int, float, bool, null, merge, …."""
        return str(self.resolver.resolve(ScalarNode, event.value, event.implicit)).rpartition(":")[2]

    def scalar(self, event: ScalarEvent) -> Value:
        """Return the value by YAML 1.2's core schema: `no` is text; dates stay text as well."""
        kind, text = self.tag(event), str(event.value)
        if event.style == ">":
            text = text.replace("\a", "")  # the parser's mark of where a line was folded
        if len(text) > MAX_DIGITS:
            return text
        if kind == "null":
            return None
        if kind == "bool":
            return text.lower() == "true"
        try:
            if kind == "int":
                return int(text, 0) if text.lstrip("+-")[:2].lower() in {"0x", "0o", "0b"} else int(text)
            return float(text) if kind == "float" else text
        except ValueError:  # a form that only the resolver takes for a number
            return text


def _no_key(made: Slip | None) -> tuple[str, str]:
    """Say why something is no key, and what to do about it."""
    return (f"{made.what} in a key", made.hint) if made else ("a key must be text", "")


def _spot(event: Event) -> Spot:
    start, end = event.start_mark, event.end_mark
    width = end.column - start.column if end.line == start.line else 1
    return Spot(line=start.line, column=start.column, width=width)
