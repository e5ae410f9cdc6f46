"""A door without a centre behind it."""

import threading
from dataclasses import dataclass, field

from console.domain.role import Role
from console.live.door import NotIn, Person, Way

WANG = Person(login="wang", name="王敏", roles=(Role.DISPATCHER,))


@dataclass
class StandInDoor:
    """Says what it is told to; remembers what it was asked."""

    person: Person = WANG
    addresses: tuple[str, ...] = ("https://a.example.org", "https://b.example.org")
    way: Way = Way.VERIFIED
    remembers: bool = True
    host: str | None = None
    remembered: Person | None = None
    refuses: list[NotIn] = field(default_factory=list)
    """What the next askings raise, the first first."""
    asked: list[tuple[object, ...]] = field(default_factory=list)
    given_up: threading.Event = field(default_factory=threading.Event)

    def _ask(self, *what: object) -> None:
        self.asked.append(what)
        if self.refuses:
            raise self.refuses.pop(0)

    def resume(self) -> Person | None:
        self._ask("resume")
        return self.remembered

    def enter(self, login: str, password: str, *, remember: bool) -> Person:
        self._ask("enter", login, password, remember)
        return self.person

    def provider(self) -> str | None:
        return self.host

    def enter_by_provider(self, *, remember: bool) -> Person:
        self._ask("provider", remember)
        if self.given_up.wait(10):
            raise NotIn("provider-time")
        return self.person

    def give_up(self) -> None:
        self.given_up.set()

    def change_password(self, old: str, new: str) -> Person:
        self._ask("change", old, new)
        return Person(login=self.person.login, name=self.person.name, roles=self.person.roles)

    def leave(self) -> None:
        self.asked.append(("leave",))
