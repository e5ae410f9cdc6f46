"""What comes from outside is cut to size before the rules see it; nothing is lost for being long."""

import re
from dataclasses import fields, replace
from datetime import datetime, timedelta
from typing import Any

from console.domain.command import Accept, Command, PinPlace, Private
from console.domain.place import LONG_NUMBER, Position
from console.domain.rules import Refused

WORDS_LIMIT = 4000
"""Characters of a citizen's words that are kept."""

CUT = "…[截断 cut]"
"""Stands where text was cut off."""

_LIMITS = {
    "citizen": 100,
    "phone": 40,
    "words": WORDS_LIMIT,
    "address": 500,
    "reason": 500,
    "service": 60,
    "kin": 80,
    "source_ref": 80,
}
_LOGGED = ("reason", "service", "words")
_NUMBER = re.compile(LONG_NUMBER)
_IDS = ("case", "assignment", "main")
_ID = re.compile(r"[A-Za-z0-9._:-]{1,80}")
_FAR = timedelta(days=3660)


def is_id(text: str) -> bool:
    """Whether the text may name a case, an assignment or a command."""
    return _ID.fullmatch(text) is not None


def tidy(command: Command, now: datetime) -> Command:
    """The command with long texts cut and positions to six decimals (a decimetre).

    `now` is domain time. Raises `Refused` ("bad-id", "bad-time") for what cannot be cut to fit.
    """
    changed: dict[str, Any] = {}
    for field in fields(command):
        value = getattr(command, field.name)
        if field.name in _IDS and not is_id(value):
            raise Refused("bad-id", f"{field.name}: 1 to 80 letters, digits, '.', ':', '_' or '-'")
        if field.name in _LIMITS and isinstance(value, str):
            kept = cut(value, _LIMITS[field.name])
            # These words go into the log, where nothing can be erased: no numbers of people.
            changed[field.name] = _NUMBER.sub("***", kept) if field.name in _LOGGED else kept
    if isinstance(command, Accept):
        changed["private"] = _tidy_private(command.private)
        if command.due_at is not None and abs(command.due_at - now) > _FAR:
            raise Refused("bad-time", "due_at: more than ten years away")
    if isinstance(command, Accept | PinPlace) and command.position is not None:
        changed["position"] = quantised(command.position)
    return replace(command, **changed) if changed else command


def _tidy_private(private: Private) -> Private:
    return Private(
        **{f.name: cut(getattr(private, f.name), _LIMITS[f.name]) for f in fields(private)}
    )


def cut(text: str, limit: int) -> str:
    """At most `limit` characters, a mark where the rest was; NUL is dropped: databases refuse it."""
    text = text.replace("\x00", "")
    return text if len(text) <= limit else text[: limit - len(CUT)] + CUT


def quantised(position: Position) -> Position:
    """The position to six decimals of a degree."""
    return Position(round(position.lon, 6), round(position.lat, 6))
