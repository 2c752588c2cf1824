"""What the engine keeps between two events: cases and rooms, of one database and in one worker's name."""

from core.store.cases import SqlCases
from core.store.rooms import SqlRooms


class SqlStore(SqlCases, SqlRooms):
    """The ports `Cases` and `Rooms` as one object; made like `SqlCases`."""
