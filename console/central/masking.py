"""Names, numbers and words of citizens made unreadable: in what is shown masked, and in what others write."""

import re
from collections.abc import Iterable
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

from console.central.hygiene import FREE_TEXT
from console.domain.command import Private
from console.domain.place import LONG_NUMBER

HIDDEN = "***"
"""Stands in the log where personal data were written."""

_NUMBER = re.compile(LONG_NUMBER)
_SHORTEST_NAME, _SHORTEST_WORDS = 2, 5

T = TypeVar("T")


def masked_name(name: str) -> str:
    """王小明 → 王**; nothing stays nothing."""
    return name[:1] + "**" if name else ""


def masked_number(number: str) -> str:
    """13812341234 → 138****1234; a short one disappears."""
    if not number:
        return ""
    return f"{number[:3]}****{number[-4:]}" if len(number) >= 10 else "****"


def masked_text(text: str) -> str:
    """The text with every run of seven digits or more masked."""
    return _NUMBER.sub(lambda found: masked_number(found.group()), text)


def without_numbers(text: str) -> str:
    """The text with every long number gone."""
    return _NUMBER.sub(HIDDEN, text)


def scrubbed(command: T, citizens: Iterable[Private]) -> T:
    """A command in whose free texts nothing of these citizens stands: what is logged cannot be erased.

    Ids, codes and the personal data themselves (`Private`) stay as they are.
    """
    secrets = _Secrets(citizens)
    return _scrubbed(command, secrets) if secrets.any else command


def scrubbed_text(text: str, citizen: Private) -> str:
    """A text without this citizen's data and without long numbers."""
    return without_numbers(_Secrets([citizen]).taken_out(text))


class _Secrets:
    """What must not be written, and what stands in its place."""

    def __init__(self, citizens: Iterable[Private]) -> None:
        texts: dict[str, str] = {}
        self._phones: set[str] = set()
        for citizen in citizens:
            said = (citizen.phone, citizen.words, citizen.address)
            texts |= {text: HIDDEN for text in said if len(text) >= _SHORTEST_WORDS}
            if len(citizen.citizen) >= _SHORTEST_NAME:
                texts[citizen.citizen] = masked_name(citizen.citizen)
            self._phones |= {_digits(found) for found in _NUMBER.findall(citizen.phone)}
        # The longest first: a name may stand in an address.
        self._texts = sorted(texts.items(), key=lambda pair: -len(pair[0]))

    @property
    def any(self) -> bool:
        """Whether there is anything to look for."""
        return bool(self._texts)

    def taken_out(self, text: str) -> str:
        """The text without them; their numbers also where they are written in groups."""
        for secret, instead in self._texts:
            text = text.replace(secret, instead)
        return _NUMBER.sub(self._unless_phone, text) if self._phones else text

    def _unless_phone(self, found: re.Match[str]) -> str:
        digits = _digits(found.group())
        return HIDDEN if any(phone in digits for phone in self._phones) else found.group()


def _digits(number: str) -> str:
    return "".join(filter(str.isdigit, number))


def _scrubbed(value: Any, secrets: _Secrets, name: str = "") -> Any:
    if isinstance(value, str):
        return secrets.taken_out(value) if name in FREE_TEXT else value
    if isinstance(value, tuple):
        return tuple(_scrubbed(item, secrets, name) for item in value)
    if not is_dataclass(value) or isinstance(value, Private | type):
        return value
    before = {field.name: getattr(value, field.name) for field in fields(value)}
    after = {name: _scrubbed(item, secrets, name) for name, item in before.items()}
    return replace(value, **after) if after != before else value
