"""When the message of each case was posted, so that what is stored can be gone through in order of time."""

import json
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from typing import Final

import sqlalchemy as sa
from alembic import op

from core.store.columns import Moment, Secret

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_PAGE: Final = 500
_CASES: Final = sa.table(
    "cases", sa.column("number", sa.BigInteger), sa.column("at", Moment), sa.column("body", Secret)
)


def upgrade() -> None:
    """Add the column, and fill it from the cases that there are."""
    op.add_column("cases", sa.Column("at", sa.BigInteger, nullable=False, server_default="0"))
    op.create_index("ix_cases_at", "cases", ["at"])
    connection = op.get_bind()
    after = 0
    while page := connection.execute(
        sa.select(_CASES.c.number, _CASES.c.body)
        .where(_CASES.c.number > after)
        .order_by(_CASES.c.number)
        .limit(_PAGE)
    ).all():
        for number, body in page:
            for at in _time(body):
                connection.execute(_CASES.update().where(_CASES.c.number == number).values(at=at))
        after = page[-1].number


def _time(body: str) -> Iterator[datetime]:
    """Yield when a case's message was posted; nothing for a text that is none: whoever reads it is told."""
    with suppress(ValueError, KeyError, TypeError):
        yield datetime.fromisoformat(json.loads(body)["message"]["at"])
