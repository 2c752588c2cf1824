"""Every table, once.

Only types that SQLite and PostgreSQL share. Times are whole microseconds since 1970 in UTC, so that they
compare and index as numbers on both. A table that changes here needs a migration; a test compares the two.
"""

from typing import Final

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)

from core.store.columns import Moment, Number, Secret

HEAD: Final = "0012"
"""The newest migration: a database that carries this mark needs none."""

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

cases = Table(
    "cases",
    metadata,
    Column("number", Number, primary_key=True),
    Column("message_id", Text, nullable=False),
    Column("nth", Integer, nullable=False),  # of the cases of this message: no two workers open the same
    Column("version", Integer, nullable=False),
    Column("place", Text, nullable=False),
    Column("at", Moment, nullable=False, server_default="0", index=True),  # when the message was posted
    Column("waiting", Boolean, nullable=False, index=True),  # something is still to carry out
    Column("acting", Boolean, nullable=False),  # and it is more than showing the card
    Column("leased_by", Text),
    Column("leased_until", Moment),
    Column("body", Secret, nullable=False),
    UniqueConstraint("message_id", "nth"),
    sqlite_autoincrement=True,
)

grounds = Table(
    "grounds",
    metadata,
    Column("case_number", Number, ForeignKey("cases.number"), primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("value", Secret, primary_key=True),
    Index(None, "value", "kind"),
)

warnings = Table(
    "warnings",
    metadata,
    Column("case_number", Number, ForeignKey("cases.number"), primary_key=True),
    Column("place", Text, nullable=False),
    Column("account", Text, nullable=False),
    Index(None, "account", "place"),
)

rooms = Table(
    "rooms",
    metadata,
    Column("place", Text, primary_key=True),
    Column("room", Text, nullable=False, index=True),
)

codes = Table(
    "codes",
    metadata,
    Column("code", Text, primary_key=True),
    Column("side", Text, nullable=False),
    Column("until", Moment, nullable=False),
)

notes = Table(
    "notes",
    metadata,
    Column("key", Text, primary_key=True),
    Column("value", Text, nullable=False),
)

inbox = Table(
    "inbox",
    metadata,
    Column("id", Number, primary_key=True),
    Column("key", Text, nullable=False, unique=True),
    Column("platform", Text, nullable=False),
    Column("body", Secret, nullable=False),
    Column("state", Text, nullable=False),
    Column("worker", Text),
    Column("attempt", Integer, nullable=False),
    Column(
        "due", BigInteger, nullable=False
    ),  # microseconds: claimable, lease over, or forgotten from then on; given up since
    Column("why", Text),  # of what was given up
    Index(None, "state", "id"),
    sqlite_autoincrement=True,
)

banks = Table(
    "banks",
    metadata,
    Column("id", Number, primary_key=True),
    Column("name", Text, nullable=False, unique=True),
    Column("trust", Text, nullable=False),
    Column("origin", Text, nullable=False, server_default=""),
    Column("added_by", Text, nullable=False, server_default=""),
    Column("added_at", Moment),
    Column("most", Text),
    Column("same", Integer, nullable=False, server_default="10"),  # the steps of its ladder, in bits
    Column("strong", Integer, nullable=False, server_default="31"),
    Column("sharing", Text, nullable=False, server_default="amber"),
    Column("expires_at", Moment),
)

entries = Table(
    "entries",
    metadata,
    Column("id", Number, primary_key=True),
    Column("bank_id", Number, ForeignKey("banks.id"), nullable=False),
    Column("kind", Text, nullable=False),
    Column("value", Secret, nullable=False),
    Column("ref", Secret, nullable=False),
    Column("label", Secret, nullable=False),
    Column("entity", Text, nullable=False),
    Column("name", Secret, nullable=False),
    Column("avatar", Secret, nullable=False, server_default=""),
    Column("reason", Secret, nullable=False),
    Column("source", Text, nullable=False),
    Column("added_by", Text, nullable=False),
    Column("added_at", Moment),
    Column("ideology", Text, nullable=False, server_default=""),
    Column("first_seen", Moment),
    Column("last_seen", Moment),
    Column("expires_at", Moment),
    Column("sharing", Text),
    Column("state", Text, nullable=False),
    Column("extra", Secret, nullable=False),
    Column("revision", BigInteger, nullable=False, unique=True),
    UniqueConstraint("bank_id", "value", "kind"),
    Index(None, "bank_id", "ref"),
    sqlite_autoincrement=True,  # a number is never used again: an index elsewhere may still know it
)

overrides = Table(
    "overrides",
    metadata,
    Column("bank_id", Number, ForeignKey("banks.id"), primary_key=True),
    Column("value", Secret, primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("standing", Text, nullable=False),
    Column("reason", Secret, nullable=False),
    Column("by", Text, nullable=False),
    Column("at", Moment, nullable=False),
)

subscriptions = Table(
    "subscriptions",
    metadata,
    Column("bank", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("location", Text, nullable=False),
    Column("keys", Text, nullable=False),  # with blanks between
    Column("credential", Text, nullable=False),  # the name of a variable, never a token
    Column("interval_s", Integer, nullable=False),
    Column("reports", Boolean, nullable=False),
    Column("checkpoint", Text),
    Column("etag", Text, nullable=False),
    Column("modified", Text, nullable=False),
    Column("tried_at", Moment),
    Column("succeeded_at", Moment),
    Column("error", Text, nullable=False),
    Column("failures", Integer, nullable=False),
    Column("due_at", Moment),
    Column("held", Text, nullable=False),
)

manifests = Table(
    "manifests",
    metadata,
    Column("bank", Text, primary_key=True),
    Column("version", BigInteger, primary_key=True, autoincrement=False),
    Column("key", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("signature", Text, nullable=False),
    Column("at", Moment, nullable=False),
)

opinions = Table(
    "opinions",
    metadata,
    Column("bank", Text, primary_key=True),
    Column("value", Secret, primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("judgement", Text, nullable=False),
    Column("reason", Secret, nullable=False),
    Column("by", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("sent_at", Moment),
)

removed = Table(
    "removed",
    metadata,
    Column("entry_id", BigInteger, primary_key=True, autoincrement=False),
    Column("kind", Text, nullable=False),
    Column("value", Secret, nullable=False),
    Column("revision", BigInteger, nullable=False, unique=True),
)

sightings = Table(
    "sightings",
    metadata,
    Column("id", Number, primary_key=True),
    Column("message_id", Text, nullable=False, unique=True),
    Column("place", Text, nullable=False),
    Column("url", Text, nullable=False),
    Column("author", Text, nullable=False, index=True),  # salted, as the handle is
    Column("handle", Text, nullable=False, index=True),
    Column("at", Moment, nullable=False, index=True),
    Column("forwarded", Boolean, nullable=False, server_default="0"),
    Column("place_name", Secret, nullable=False, server_default=""),
)

prints = Table(
    "prints",
    metadata,
    Column("sighting", Number, ForeignKey("sightings.id"), primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("value", Secret, primary_key=True),
    Index(None, "value", "kind"),
)

counters = Table(
    "counters",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", BigInteger, nullable=False),
)

listings = Table(
    "listings",
    metadata,
    Column("id", Number, primary_key=True),
    Column("list", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("body", Text, nullable=False),
    UniqueConstraint("list", "key"),
)

policies = Table(
    "policies",
    metadata,
    Column("number", Number, primary_key=True),
    Column("place", Text, nullable=False),  # "" is everywhere
    Column("name", Text, nullable=False),
    Column("files", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("how", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("live", Boolean, nullable=False),
    Column("origin", BigInteger, unique=True),
    Index(None, "place", "live"),
    sqlite_autoincrement=True,
)

spent = Table(
    "spent",
    metadata,
    Column("scope", Text, primary_key=True),
    Column("message_id", Text, primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("at", Moment, nullable=False),
    Index(None, "scope", "at", "kind"),
)

hits = Table(
    "hits",
    metadata,
    Column("place", Text, primary_key=True),
    Column("policy", Text, primary_key=True),
    Column("rule", Text, primary_key=True),
    Column("message_id", Text, primary_key=True),
    Column("stage", Text, nullable=False),
    Column("at", Moment, nullable=False, index=True),
    Column("url", Text, nullable=False),
    Column("does", Text, nullable=False),  # kinds of actions, with blanks between
)
