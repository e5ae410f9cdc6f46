"""Column types that mean the same on every database: exact moments and JSON values."""

from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
from sqlalchemy import BigInteger, Dialect, Text
from sqlalchemy.types import TypeDecorator

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def from_microseconds(count: int) -> datetime:
    """The moment (UTC) so many microseconds after 1970 began; raises `OverflowError`."""
    return _EPOCH + timedelta(microseconds=count)


class Moment(TypeDecorator[datetime]):
    """An aware moment, kept as whole microseconds since 1970 (UTC): exact, ordered, portable."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        """Aware datetime to microseconds; a naive one raises `TypeError`."""
        return None if value is None else (value - _EPOCH) // _MICROSECOND

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:
        """Microseconds to an aware UTC datetime."""
        return None if value is None else from_microseconds(value)


class Json(TypeDecorator[Any]):
    """Plain JSON values as compact text: the chain's hash needs them back exactly as they were."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any | None, dialect: Dialect) -> str | None:
        """JSON values to text."""
        return None if value is None else msgspec.json.encode(value).decode()

    def process_result_value(self, value: Any | None, dialect: Dialect) -> Any:
        """Text to JSON values."""
        return None if value is None else msgspec.json.decode(value)
