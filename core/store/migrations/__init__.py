"""The steps from any earlier database to the present schema, and how they are taken.

Alembic finds `env.py` and `versions/` in this folder, also inside an installed wheel.
"""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import Connection

from core.errors import StoreError


def config(connection: Connection) -> Config:
    """Give Alembic's settings for a database that is open already."""
    settings = Config()
    settings.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    settings.attributes["connection"] = connection
    return settings


def upgrade(connection: Connection, where: str) -> None:
    """Bring a database up to date, inside the transaction that its connection is in.

    Raises:
        StoreError: It was made by a later version than this.
    """
    try:
        command.upgrade(config(connection), "head")
    except CommandError as exc:
        raise StoreError(
            f"{where}: made by a later version of Nigehban than this. Update Nigehban, or restore a backup."
        ) from exc
