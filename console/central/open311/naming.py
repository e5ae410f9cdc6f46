"""Names of reports: the same report sent twice gets the same id, so that a retry makes no second case."""

import hashlib
import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from console.wire.codec import canonical

REPEATED = timedelta(minutes=10)
"""So long (up to twice that) the same words from the same app are the same report sent again."""

KEYED = timedelta(days=1)
"""So long (up to twice that) the same `Idempotency-Key` from the same app is."""

LONGEST = max(REPEATED, KEYED)
"""A report's id may say a time so much before it was received, twice that when it was sent again."""

PATTERN = re.compile(r"G\d{12}[0-9a-f]{20}", re.ASCII)
"""What such an id looks like: no separators, so that every database orders it by time."""


def names_of(
    api_key: str, form: Mapping[str, str], client_key: str | None, now: datetime
) -> tuple[str, str]:
    """The id the report gets now, and the one it got if it was sent a while ago; `now` is domain time.

    The ids cannot be guessed: the api_key is in them.
    """
    told = {"key": client_key} if client_key else dict(form)
    span = KEYED if client_key else REPEATED
    began = now - (now - _EPOCH) % span
    return _name(api_key, told, began), _name(api_key, told, began - span)


def lowest(start: datetime) -> str:
    """No report received at or after `start` (aware) has a lower id."""
    return prefix(start - 2 * LONGEST)


def prefix(moment: datetime) -> str:
    """The beginning of the ids of a moment's minute."""
    return f"G{moment.astimezone(UTC):%Y%m%d%H%M}"


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def _name(api_key: str, told: Mapping[str, str], began: datetime) -> str:
    content = canonical([api_key, prefix(began), dict(told)])
    return prefix(began) + hashlib.sha256(content).hexdigest()[:20]
