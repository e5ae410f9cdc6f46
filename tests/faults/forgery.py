"""What somebody with the database's password may do to a log: edits from clumsy to complete."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from random import Random
from typing import Any

import msgspec
from sqlalchemy import Connection, column, delete, func, insert, select, table, update

from console.central import rows
from console.central.audit.entities import fold
from console.central.audit.raw import RAW, event_from
from console.central.tables import counter, events, meta
from console.domain.event import Event
from console.wire.codec import canonical, event_hash

TABLES = (events, counter, meta, *rows.TABLES.values())
"""What an older copy holds of what is audited."""

_TEXTS = ("epoch", "actor", "role", "command_id", "type", "entity", "prev_hash", "hash")
_NUMBERS = ("at", "occurred_at", "entity_version")
_REBUILT = ("actor", "command_id", "occurred_at", "note", "change", "prev_hash", "hash")
_HEAD = table("counter", *(column(c.name) for c in counter.columns))


class Nothing(Exception):
    """This mutation would change nothing here: another one is drawn."""


@dataclass
class Forger:
    """Mutates within one transaction. `covered` is the rev of the last checkpoint outside."""

    connection: Connection
    rnd: Random
    covered: int
    older: Mapping[str, list[dict[str, Any]]]

    # The log's rows

    def edit_text(self) -> str:
        row, name = self._row(), self.rnd.choice(_TEXTS)
        return self._set(row, name, self._other_text(name, row[name]))

    def edit_number(self) -> str:
        row, name = self._row(), self.rnd.choice(_NUMBERS)
        return self._set(
            row, name, row[name] + self.rnd.choice((-1, 1, 1_000_000, -(2**40), 2**62))
        )

    def edit_rev(self) -> str:
        row = self._row()
        return self._set(row, "rev", self.rnd.choice((-1, 0, self.head + 1, 2**53, 2**62)))

    def edit_json(self) -> str:
        row, name = self._row(), self.rnd.choice(("change", "note"))
        return self._set(row, name, self._changed_json(row[name]))

    def edit_json_text(self) -> str:
        """The same value for most readers, other bytes."""
        row, name = self._row(), self.rnd.choice(("change", "note"))
        text = str(row[name])
        if text == "{}":
            raise Nothing
        first = next(iter(msgspec.json.decode(text)))
        twice = f'{{"{first}":0,{text[1:]}'
        return self._set(
            row, name, self.rnd.choice((" " + text, text.replace(":", ": ", 1), twice))
        )

    def delete_row(self) -> str:
        row = self._row()
        self.connection.execute(delete(RAW).where(RAW.c.rev == row["rev"]))
        return f"rev {row['rev']} deleted"

    def swap_rows(self) -> str:
        one, other = self._row(), self._row()
        if one["rev"] == other["rev"]:
            raise Nothing
        for row, rev in ((one, -5), (other, one["rev"])):
            self.connection.execute(update(RAW).where(RAW.c.rev == row["rev"]).values(rev=rev))
        self.connection.execute(update(RAW).where(RAW.c.rev == -5).values(rev=other["rev"]))
        return f"rev {one['rev']} and {other['rev']} swapped"

    def insert_row(self) -> str:
        """One more at an end, or in between with those behind it moved."""
        row = dict(self._row())
        place = self.rnd.choice((0, self.head + 1, row["rev"]))
        if place == row["rev"]:
            self._move(place, +1)
        row["rev"] = row["entity_version"] = place
        self.connection.execute(insert(RAW).values(row))
        return f"rev {place} inserted"

    def truncate(self) -> str:
        """The newest events, with or without the head that would tell."""
        tidy = self.rnd.random() < 0.7
        last = self.rnd.randrange(self.covered if tidy else self.head)
        self.connection.execute(delete(RAW).where(RAW.c.rev > last))
        if tidy:
            self._fold()
            self._set_head()
        return f"cut behind rev {last}{', head and rows made to fit' * tidy}"

    # What only a checkpoint tells

    def rebuild(self) -> str:
        """Change an event before the last checkpoint and make all hashes, rows and the head fit."""
        return self.rebuild_at(self.rnd.randint(1, self.covered))

    def rebuild_at(self, rev: int) -> str:
        """The same from this event on; whole in itself."""
        event = self._event(rev)
        edits: dict[str, Any] = {
            "actor": f"{event.actor}x",
            "command_id": f"{event.command_id}x",
            "occurred_at": event.occurred_at + timedelta(microseconds=1),
            "note": {**event.note, "x": 1},
        }
        if "category" in event.change:
            edits["change"] = {**event.change, "category": f"{event.change['category']}x"}
        name = self.rnd.choice(sorted(edits))
        self._rechain(rev, lambda found: replace(found, **{name: edits[name]}))
        return f"rev {rev}: {name}, the chain rebuilt"

    def rebuild_without(self) -> str:
        """Take an event out, move the others up and make everything fit."""
        rev = self.rnd.randint(1, self.covered)
        self.connection.execute(delete(RAW).where(RAW.c.rev == rev))
        self._move(rev, -1)
        self._rechain(rev, lambda found: found)
        return f"rev {rev} taken out, the chain rebuilt"

    def roll_back(self) -> str:
        """An older copy in place of the database, all of it in itself whole."""
        for one in TABLES:
            self.connection.execute(delete(one))
            if self.older[one.name]:
                self.connection.execute(insert(one), self.older[one.name])
        return "rolled back to an older copy"

    # What hangs on the log

    def edit_entity(self) -> str:
        raw, row = self._entity()
        name = self.rnd.choice(sorted(row.keys()))
        value = row[name]
        if name == "body":
            value = self._changed_json(value)
        elif isinstance(value, bool) or name in ("active", "in_picture"):
            value = not value
        elif isinstance(value, int):
            value += self.rnd.choice((-1, 1))
        else:
            value = f"{value}x"
        self.connection.execute(update(raw).where(raw.c.id == row["id"]).values({name: value}))
        return f"{raw.name} {row['id']}: {name} = {value!r}"

    def delete_entity(self) -> str:
        raw, row = self._entity()
        self.connection.execute(delete(raw).where(raw.c.id == row["id"]))
        return f"{raw.name} {row['id']} deleted"

    def insert_entity(self) -> str:
        raw, row = self._entity()
        if raw.name == "assignments":
            row = {**row, "active": row["active"] if isinstance(row["active"], bool) else 0}
        self.connection.execute(insert(raw).values({**row, "id": f"{row['id']}x", "state": "x"}))
        return f"{raw.name} {row['id']}x inserted"

    def edit_head(self) -> str:
        row = self.connection.execute(select(_HEAD)).mappings().one()
        name = self.rnd.choice(("rev", "hash", "at", "day"))
        value = f"{row[name]}0" if isinstance(row[name], str) else row[name] + 1
        self.connection.execute(update(_HEAD).values({name: value}))
        return f"head: {name} = {value}"

    def edit_identity(self) -> str:
        self.connection.execute(update(meta).where(meta.c.key == "epoch").values(value="forged"))
        return "meta: epoch"

    # How

    @property
    def head(self) -> int:
        return int(self.connection.execute(select(func.max(RAW.c.rev))).scalar_one())

    def _row(self) -> Mapping[str, Any]:
        rev = self.rnd.randint(1, self.head)
        return dict(self.connection.execute(select(RAW).where(RAW.c.rev == rev)).mappings().one())

    def _event(self, rev: int) -> Event:
        query = select(RAW).where(RAW.c.rev == rev)
        return event_from(dict(self.connection.execute(query).mappings().one()))

    def _set(self, row: Mapping[str, Any], name: str, value: Any) -> str:
        if value == row[name]:
            raise Nothing
        self.connection.execute(update(RAW).where(RAW.c.rev == row["rev"]).values({name: value}))
        return f"rev {row['rev']}: {name} = {value!r}"

    def _other_text(self, name: str, text: str) -> str:
        if self.rnd.random() < 0.5:
            return str(self._row()[name])
        place = self.rnd.randint(0, len(text))
        return text[:place] + self.rnd.choice("0aé中") + text[place + 1 :]

    def _changed_json(self, text: str) -> str:
        """Another value somewhere inside: a leaf, a member more, a member less."""
        value = msgspec.json.decode(text)
        name = self.rnd.choice([*value, "x"])
        if name not in value:
            value[name] = 1
        elif self.rnd.random() < 0.3:
            del value[name]
        else:
            value[name] = self._other_value(value[name])
        changed = msgspec.json.encode(value).decode()
        if canonical(value) == canonical(msgspec.json.decode(text)):
            raise Nothing
        return changed

    def _other_value(self, value: Any) -> Any:
        if isinstance(value, dict) and value:
            name = self.rnd.choice(sorted(value))
            return {**value, name: self._other_value(value[name])}
        if isinstance(value, list) and value:
            return [*value[:-1], self._other_value(value[-1])]
        if isinstance(value, bool) or value is None:
            return not value
        return value + 1 if isinstance(value, int | float) else f"{value}x"

    def _entity(self) -> tuple[Any, Mapping[str, Any]]:
        one = self.rnd.choice(list(rows.TABLES.values()))
        raw = table(one.name, *(column(c.name) for c in one.columns))
        found = self.connection.execute(select(raw).order_by(raw.c.id)).mappings().all()
        if not found:
            raise Nothing
        return raw, dict(self.rnd.choice(found))

    def _move(self, first: int, by: int) -> None:
        """Renumber what lies from a rev on."""
        query = select(RAW.c.rev).where(RAW.c.rev >= first).order_by(RAW.c.rev * -by)
        for rev in self.connection.execute(query).scalars().all():
            self.connection.execute(
                update(RAW).where(RAW.c.rev == rev).values(rev=rev + by, entity_version=rev + by)
            )

    def _rechain(self, first: int, edit: Callable[[Event], Event]) -> None:
        """Write a chain that is whole again from a rev on, and what hangs on it."""
        before = self._event(first - 1).hash if first > 1 else ""
        for rev in range(first, self.head + 1):
            event = replace(self._event(rev), prev_hash=before)
            event = edit(event) if rev == first else event
            event = replace(event, hash=event_hash(event))
            before = event.hash
            self.connection.execute(
                update(events)
                .where(events.c.rev == rev)
                .values({name: getattr(event, name) for name in _REBUILT})
            )
        self._fold()
        self._set_head()

    def _fold(self) -> None:
        """The entity rows as this log makes them."""
        lives: dict[str, list[Event]] = {}
        for row in self.connection.execute(select(RAW).order_by(RAW.c.rev)).mappings():
            event = event_from(dict(row))
            lives.setdefault(event.entity, []).append(event)
        for kind, one in rows.TABLES.items():
            for name in self.connection.execute(select(one.c.id)).scalars().all():
                found = fold(kind, name, lives.get(f"{kind}:{name}", []))
                if found is None:
                    self.connection.execute(delete(one).where(one.c.id == name))
                    continue
                try:
                    values = rows.columns_of(kind, dict(found.fields)) | {"created": found.created}
                except KeyError as error:  # without its first event an entity is no entity
                    raise Nothing from error
                self.connection.execute(update(one).where(one.c.id == name).values(values))

    def _set_head(self) -> None:
        last = self._event(self.head) if self._count() else None
        day = self.connection.execute(
            select(RAW.c.entity)
            .where(RAW.c.type == "day.began")
            .order_by(RAW.c.rev.desc())
            .limit(1)
        ).scalar()
        values: dict[str, Any] = {"rev": 0, "hash": ""}
        if last is not None:
            values = {"rev": last.rev, "hash": last.hash, "at": last.at}
        values["day"] = "" if day is None else day.partition(":")[2]
        self.connection.execute(update(counter).values(values))

    def _count(self) -> int:
        return int(self.connection.execute(select(func.count()).select_from(RAW)).scalar_one())
