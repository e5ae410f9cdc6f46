"""What comes from outside is cut to size before the rules see it; nothing is lost for being long."""

import re
from dataclasses import fields, is_dataclass, replace
from datetime import datetime, timedelta
from typing import Any, TypeVar

from console.domain.command import Accept, Command, Private
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
    "name": 80,
    "remark": 500,
    "opinion": 1000,
    "problem": 1000,
    "cause": 1000,
    "measures": 1000,
    "effect": 1000,
    "course": 4000,
    "went_well": 4000,
    "lessons": 4000,
    "follow_up": 4000,
    "outgoing": 40,
    "incoming": 40,
    "number": 60,
    "before": 80,
    "after": 80,
}
FREE_TEXT = frozenset(_LIMITS)
"""Fields of commands that people, or other systems, write as they like."""

_LOGGED = frozenset(_LIMITS) - {"citizen", "phone", "address", "kin", "source_ref", "number"}
_CODES = ("before", "after")
"""A code or a moment: the figures of a moment are nobody's number."""
_NUMBER = re.compile(LONG_NUMBER)
_IDS = ("case", "assignment", "main", "incident", "turn", "handover")
_ID = re.compile(r"[A-Za-z0-9._:-]{1,80}")
_FAR = timedelta(days=3660)

MOST_ITEMS = 2000
"""Items in one list of a command."""

T = TypeVar("T")


def is_id(text: str) -> bool:
    """Whether the text may name a case, an assignment or a command."""
    return _ID.fullmatch(text) is not None


def tidy(command: Command, now: datetime) -> Command:
    """The command with long texts cut and positions to six decimals (a decimetre).

    `now` is domain time. Raises `Refused` ("bad-id", "bad-time") for what cannot be cut to fit.
    """
    tidied = _tidied(command, now)
    if isinstance(tidied, Accept):
        tidied = replace(tidied, private=_tidy_private(tidied.private))
    return tidied


def _tidied(value: T, now: datetime) -> T:
    """A dataclass with each field cut to size, at any depth."""
    if not is_dataclass(value) or isinstance(value, Private):
        return value
    changed = {}
    for field in fields(value):
        before = getattr(value, field.name)
        after = _tidied_field(field.name, before, now)
        if after is not before:
            changed[field.name] = after
    return replace(value, **changed) if changed else value  # type: ignore[type-var]


def _tidied_field(name: str, value: Any, now: datetime) -> Any:
    if isinstance(value, str):
        if name in _IDS and not is_id(value):
            raise Refused("bad-id", f"{name}: 1 to 80 letters, digits, '.', ':', '_' or '-'")
        if name not in _LIMITS:
            if "\x00" in value:  # databases refuse it, and with it the commands beside this one
                raise Refused("bad-id", f"{name}: NUL is in no id and no code")
            return value
        kept = cut(value, _LIMITS[name])
        # These words go into the log, where nothing can be erased: no numbers of people.
        if name in _CODES and _is_moment(kept):
            return kept
        return _NUMBER.sub("***", kept) if name in _LOGGED else kept
    if isinstance(value, datetime) and abs(value - now) > _FAR:
        raise Refused("bad-time", f"{name}: more than ten years away")
    if isinstance(value, Position):
        return quantised(value)
    if isinstance(value, tuple):
        if len(value) > MOST_ITEMS:
            raise Refused("too-large", f"{name}: at most {MOST_ITEMS}")
        return tuple(_tidied_field(name.removesuffix("s"), item, now) for item in value)
    return _tidied(value, now)


def _is_moment(text: str) -> bool:
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    # Of digits alone it may as well be a telephone.
    return not text.isdecimal()


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
