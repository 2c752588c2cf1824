"""Statements that go straight to SQLite's driver: one step to its thread and back for a whole transaction.

SQLAlchemy takes six steps for a transaction of one statement and has every value of every row in its hands.
That is nothing for a case, and more than half of what an inbox costs. So what runs for every event is
prepared: written in SQLAlchemy as everything is, put into words once, and carried out by a connection of its
own. Closed columns are closed and opened as ever.
"""

import asyncio
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Final, TypeAlias

from sqlalchemy import Dialect, Select
from sqlalchemy.sql.dml import UpdateBase

Values: TypeAlias = Mapping[str, object]
Row: TypeAlias = tuple[object, ...]
Step: TypeAlias = "tuple[Prepared, Sequence[Values]]"
"""A statement, and the values for each time that it is carried out."""

_LASTING: Final = "PRAGMA synchronous = FULL"
_SOON: Final = "PRAGMA synchronous = NORMAL"


class Prepared:
    """A statement in the words of one database, to be carried out again and again.

    Args:
        statement: It has no list of values of varying length.
        dialect: Of the database.
        keys: Columns that are given, where the statement inserts.
    """

    def __init__(
        self,
        statement: UpdateBase | Select[*tuple[object, ...]],
        dialect: Dialect,
        *,
        keys: Sequence[str] | None = None,
    ) -> None:
        compiled = statement.compile(dialect=dialect, column_keys=list(keys) if keys else None)
        binds = {name: bind for bind, name in compiled.bind_names.items()}
        self.words = str(compiled)
        self._places: list[tuple[str, object, Callable[[object], object] | None]] = []
        for name in compiled.positiontup or ():
            closed = binds[name].type.dialect_impl(dialect).bind_processor(dialect)
            constant = binds[name].value
            if binds[name].required:
                self._places.append((name, None, closed))
            else:
                self._places.append(("", closed(constant) if closed else constant, None))
        types = [column.type.dialect_impl(dialect) for column in statement.exported_columns]
        self._opening = [one.result_processor(dialect, None) for one in types]

    def bound(self, values: Values) -> Row:
        """Return the values in the order of the statement, closed where their column is."""
        return tuple(
            [
                (values[name] if closed is None else closed(values[name])) if name else constant
                for name, constant, closed in self._places
            ]
        )

    def opened(self, row: Row) -> Row:
        """Return a row that the statement gave, opened where a column is closed."""
        return tuple(
            [
                value if opened is None else opened(value)
                for value, opened in zip(row, self._opening, strict=True)
            ]
        )


class Straight:
    """A connection of its own, which one thread works.

    Args:
        path: The file.
        patience_s: How long it waits for other connections to let go of the file.
        pragmas: What it sets when it is opened.
    """

    def __init__(self, path: str, *, patience_s: float, pragmas: Sequence[str]) -> None:
        self._path = path
        self._patience_s = patience_s
        self._pragmas = pragmas
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="straight")
        self._connection: sqlite3.Connection | None = None

    async def carry_out(self, steps: Sequence[Step], *, lasting: bool) -> tuple[list[Row], int]:
        """Carry statements out in one transaction, all or nothing.

        Args:
            steps: One that gives rows back is carried out once.
            lasting: It is on the disk when this returns; else what a power cut would take back.

        Returns:
            The rows that the last one gave, and how many it touched.
        """
        how = _LASTING if lasting else _SOON
        return await asyncio.get_running_loop().run_in_executor(self._thread, self._whole, steps, how)

    async def look_up(self, statement: Prepared, values: Values) -> list[Row]:
        """Return the rows that a question finds now."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, self._found, statement, values)

    async def close(self) -> None:
        """Close the connection."""
        if self._connection is not None:
            await asyncio.get_running_loop().run_in_executor(self._thread, self._close)
        self._thread.shutdown(wait=False)

    def _whole(self, steps: Sequence[Step], how: str) -> tuple[list[Row], int]:
        connection = self._open()
        connection.execute(how)
        connection.execute("BEGIN IMMEDIATE")
        rows, count = list[Row](), 0
        try:
            for statement, values in steps:
                rows, count = _carried_out(connection, statement, values)
            connection.execute("COMMIT")
        except BaseException:
            connection.rollback()
            raise
        return rows, count

    def _found(self, statement: Prepared, values: Values) -> list[Row]:
        found = self._open().execute(statement.words, statement.bound(values))
        return [statement.opened(row) for row in found.fetchall()]

    def _open(self) -> sqlite3.Connection:
        if self._connection is None:
            connection = sqlite3.connect(self._path, timeout=self._patience_s, isolation_level=None)
            for pragma in self._pragmas:
                connection.execute(f"PRAGMA {pragma}")
            self._connection = connection
        return self._connection

    def _close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None


def _carried_out(
    connection: sqlite3.Connection, statement: Prepared, values: Sequence[Values]
) -> tuple[list[Row], int]:
    bound = [statement.bound(one) for one in values]
    if len(bound) != 1:
        return [], connection.executemany(statement.words, bound).rowcount
    cursor = connection.execute(statement.words, bound[0])
    return [statement.opened(row) for row in cursor.fetchall()], cursor.rowcount
