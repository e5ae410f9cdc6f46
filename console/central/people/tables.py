"""Tables of people, their sessions, failed attempts and the keys that sign access tokens."""

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, String, Table, Text

from console.central.columns import Json, Moment
from console.central.tables import metadata

people = Table(
    "people",
    metadata,
    Column("login", String, primary_key=True),
    Column("name", String, nullable=False),
    Column("password_hash", String),
    Column("roles", Json, nullable=False),
    Column("district", String),
    Column("unit", String),
    Column("disabled", Boolean, nullable=False),
    Column("must_change_password", Boolean, nullable=False),
    Column("changed", Moment, nullable=False),
)
"""One row a person; without `password_hash` they come in by the city's identity provider alone."""

sessions = Table(
    "sessions",
    metadata,
    Column("id", String, primary_key=True),
    Column("login", String, nullable=False),
    Column("began", Moment, nullable=False),
    Column("refresh_hash", String, nullable=False),
    Column("previous_hash", String),
    Column("rotated", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("ended", Moment),
    Index("sessions_of_login", "login"),
)
"""One row a session (a family of refresh tokens, of which only the newest is good)."""

attempts = Table(
    "attempts",
    metadata,
    Column("who", String, primary_key=True),
    Column("tries", Integer, nullable=False),
    Column("last", Moment, nullable=False),
    Column("next", Moment, nullable=False),
)
"""What was tried too often, and when the next try is heard."""

signing_keys = Table(
    "signing_keys",
    metadata,
    Column("id", String, primary_key=True),
    Column("secret", Text, nullable=False),
    Column("made", BigInteger, nullable=False),
)
"""Keys of access tokens (HMAC, base64url); every process on the database checks with them."""
