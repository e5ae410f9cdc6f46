"""Preconditions: the versions an operator saw, or an own earlier command to stand on."""

from collections.abc import Mapping

from sqlalchemy import func, select

from console.central.hygiene import is_id
from console.central.ledger import Ledger
from console.central.tables import commands, events
from console.wire.codec import BadInput

Expected = Mapping[str, int | dict[str, str]]


class Mismatch(Exception):
    """Someone changed it first; `current` holds the versions found, 0 for what does not exist."""

    def __init__(self, current: dict[str, int]) -> None:
        """Keep the versions by `kind:id`."""
        super().__init__("the expected version is not the current one")
        self.current = current


def check(ledger: Ledger, expected: Expected) -> None:
    """Raises `Mismatch` when an entity's version is another one, `BadInput` when it cannot be read."""
    current: dict[str, int] = {}
    wrong = False
    for ref, wanted in expected.items():
        if "\x00" in ref:
            raise BadInput("expect: no entity is called so")
        kind, _, entity_id = ref.partition(":")
        current[ref] = ledger.entities.version(kind, entity_id)
        if isinstance(wanted, int):
            wrong = wrong or current[ref] != wanted
        elif set(wanted) == {"after"} and is_id(wanted["after"]):
            wrong = wrong or current[ref] != _produced(ledger, wanted["after"], ref)
        else:
            raise BadInput(f'expect.{ref[:80]}: a version or {{"after": key}}')
    if wrong:
        raise Mismatch(current)


def _produced(ledger: Ledger, key: str, ref: str) -> int | None:
    """The version of the entity that a command made, None when it made none."""
    for event in reversed(ledger.events):
        if event.command_id == key and event.entity == ref:
            return event.entity_version
    query = (
        select(func.max(events.c.entity_version))
        .select_from(commands)
        .join(events, events.c.rev.between(commands.c.first_rev, commands.c.rev))
        .where(commands.c.key == key, events.c.entity == ref)
    )
    found: int | None = ledger.connection.execute(query).scalar_one()
    return found
