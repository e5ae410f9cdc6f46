"""People of an opened centre, with a clock that the test turns."""

import pytest
from argon2 import PasswordHasher
from sqlalchemy import insert

from console.central.centre import Centre
from console.central.people import passwords, person
from console.central.people.person import Person
from console.central.people.sessions import Sessions
from console.central.people.tables import signing_keys
from console.central.people.tokens import Keys, load_keys
from console.domain.role import Role
from tests.unit.central.desk import Wall

QUICK = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
"""Hashes that take no time: how slow they are is not what is tested here."""

SECRET = "drei Esel im Regen"
WANG = Person(login="wang", name="王小明", roles=(Role.DISPATCHER, Role.SHIFT_LEADER))


@pytest.fixture(autouse=True)
def quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "_HASHER", QUICK)
    passwords._nobody.cache_clear()


@pytest.fixture
def keys(centre: Centre, wall: Wall) -> Keys:
    with centre.database.writing() as connection:
        return load_keys(connection, wall())


@pytest.fixture
def sessions(centre: Centre, keys: Keys, wall: Wall) -> Sessions:
    """The sessions of a centre that knows one person."""
    with centre.database.writing() as connection:
        person.add(connection, WANG, passwords.hashed(SECRET), wall())
    return Sessions(centre.database, keys)


@pytest.fixture
def newer_key(centre: Centre, keys: Keys, wall: Wall) -> Keys:
    """The keys after an administrator has added one."""
    row = {"id": "next", "secret": "bmV4dC1rZXktb2YtMzItYnl0ZXMtMDEyMzQ1Njc4OTA=", "made": 2**40}
    with centre.database.writing() as connection:
        connection.execute(insert(signing_keys), row)
        return load_keys(connection, wall())
