"""Personal data of cases: erasable rows outside the log, masked here, every look recorded."""

import re
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select

from console.central.tables import case_private, private_access
from console.domain.command import Private
from console.domain.place import LONG_NUMBER
from console.domain.role import Role

_INSERT = insert(case_private)
_NUMBER = re.compile(LONG_NUMBER)


@dataclass(frozen=True, slots=True, kw_only=True)
class PrivateView:
    """What leaves the server: name and numbers masked, the words as they were said otherwise."""

    citizen: str
    phone: str
    words: str
    address: str


def keep(connection: Connection, case_id: str, private: Private) -> None:
    """Store a new case's personal data."""
    row = {
        "case_id": case_id,
        "citizen": private.citizen,
        "phone": private.phone,
        "words": private.words,
        "address": private.address,
    }
    connection.execute(_INSERT, row)


def look(
    connection: Connection, case_id: str, seat: str, role: Role, why: str, at: datetime
) -> PrivateView | None:
    """A case's data, masked; the look is recorded first, also one that finds nothing."""
    record = {"at": at, "seat": seat, "role": role.value, "case_id": case_id, "why": why}
    connection.execute(insert(private_access), record)
    query = select(case_private).where(case_private.c.case_id == case_id)
    row = connection.execute(query).one_or_none()
    if row is None:
        return None
    return PrivateView(
        citizen=masked_name(row.citizen),
        phone=masked_number(row.phone),
        words=masked_text(row.words),
        address=masked_text(row.address),
    )


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
