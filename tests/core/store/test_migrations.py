"""The steps lead to the schema, from nothing and from anywhere."""

from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Dialect, Table, create_engine
from sqlalchemy import text as sql
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateTable

from core.errors import StoreError
from core.store.codec import CASE
from core.store.connect import Database
from core.store.migrations import config
from core.store.schema import HEAD, metadata
from core.store.vault import Vault
from tests import make
from tests.stores import opened_store, statement

POSTGRES: Dialect = postgresql.dialect()  # type: ignore[no-untyped-call]  # SQLAlchemy leaves it untyped


async def test_migrations_and_schema_agree(tmp_path: Path) -> None:
    """A table changed in one place only would fail on somebody's machine, not here."""

    def differences(connection: Connection) -> list[object]:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return list(compare_metadata(context, metadata))

    async with opened_store(tmp_path) as database:
        assert await database.read(lambda connection: connection.run_sync(differences)) == []


async def test_the_newest_step_is_the_one_the_schema_names(tmp_path: Path) -> None:
    """A database with that mark is opened without asking Alembic."""

    def newest(connection: Connection) -> str | None:
        return ScriptDirectory.from_config(config(connection)).get_current_head()

    async with opened_store(tmp_path) as database:
        assert await database.read(lambda connection: connection.run_sync(newest)) == HEAD
        assert await database.read(statement("SELECT version_num FROM alembic_version")) == HEAD


async def test_a_database_of_the_first_version_keeps_what_it_holds(tmp_path: Path) -> None:
    """Entries can take pictures from then on, and a promoted list may still act."""
    texts = (
        "kind",
        "value",
        "ref",
        "label",
        "entity",
        "name",
        "reason",
        "source",
        "added_by",
        "state",
        "extra",
    )
    columns = f"bank_id, revision, {', '.join(texts)}"
    engine = create_engine(f"sqlite:///{tmp_path}/nigehban.db")
    with engine.begin() as connection:
        command.upgrade(config(connection), "0001")
        connection.execute(sql("INSERT INTO banks (name, trust) VALUES ('kites', 'promoted')"))
        connection.execute(
            sql(f"INSERT INTO entries ({columns}) VALUES (1, 1, {', '.join(repr('x') for _ in texts)})")  # noqa: S608  # no outside text
        )
    engine.dispose()

    async with opened_store(tmp_path) as database:
        assert await database.read(statement("SELECT avatar || '|' || value FROM entries")) == "|x"
        assert await database.read(statement("SELECT trust || sharing FROM banks")) == "actamber"
        assert await database.read(statement("SELECT version_num FROM alembic_version")) == HEAD


async def test_cases_of_before_are_found_by_their_time(tmp_path: Path) -> None:
    """What is closed with a key as well; a text that is no case keeps nobody from starting."""
    vault = Vault((b"a key of thirty-two bytes, or so",))
    case = make.case()
    insert = (
        "INSERT INTO cases (message_id, nth, version, place, waiting, acting, body)"
        " VALUES (:id, 1, 0, 'p', 0, 0, :body)"
    )
    bodies = ("no case", CASE.encode(case), vault.closed(CASE.encode(case)))
    engine = create_engine(f"sqlite:///{tmp_path}/old.db")
    with engine.begin() as connection:
        command.upgrade(config(connection), "0007")
        for n, body in enumerate(bodies):
            row = {"id": f"fake:room:{n}", "body": body}
            connection.execute(sql(insert), row)
    engine.dispose()

    database = await Database.open(f"sqlite:///{tmp_path}/old.db", vault)
    try:
        found = await database.read(statement("SELECT group_concat(at) FROM cases"))
    finally:
        await database.close()

    noon = int(make.NOON.timestamp()) * 1_000_000
    assert found == f"0,{noon},{noon}"


async def test_what_was_remembered_before_counts_as_own_words(tmp_path: Path) -> None:
    """Whether it was a forward was not kept then; the message itself stays remembered."""
    engine = create_engine(f"sqlite:///{tmp_path}/nigehban.db")
    with engine.begin() as connection:
        command.upgrade(config(connection), "0010")
        connection.execute(
            sql(
                "INSERT INTO sightings (message_id, place, url, author, handle, at)"
                " VALUES ('fake:room:1', 'fake:room', '', '', '', 7)"
            )
        )
    engine.dispose()

    async with opened_store(tmp_path) as database:
        assert await database.read(statement("SELECT forwarded || place_name FROM sightings")) == "0"


async def test_opening_again_keeps_what_is_there(tmp_path: Path) -> None:
    """A second start takes no step."""
    async with opened_store(tmp_path) as database:
        await database.write(statement("INSERT INTO notes VALUES ('kept', 'yes')"))

    async with opened_store(tmp_path) as database:
        assert await database.read(statement("SELECT value FROM notes")) == "yes"


async def test_a_database_from_the_future_is_refused(tmp_path: Path) -> None:
    """An older program does not write into tables it does not know."""
    async with opened_store(tmp_path) as database:
        await database.write(statement("UPDATE alembic_version SET version_num = '9999'"))

    with pytest.raises(StoreError, match=r"made by a later version of Nigehban than this\. Update Nigehban"):
        await Database.open(f"sqlite:///{tmp_path}/nigehban.db")


@pytest.mark.parametrize("table", metadata.sorted_tables, ids=str)
def test_every_table_can_be_made_in_postgresql(table: Table) -> None:
    """No type is SQLite's alone."""
    created = str(CreateTable(table).compile(dialect=POSTGRES))

    assert "CREATE TABLE" in created
