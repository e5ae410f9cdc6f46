"""Where a login is remembered: an encrypted keyring or nowhere."""

from typing import Any

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends import chainer, fail, null

from console.client.token_store import KeyringStore, MemoryStore


class Locked(KeyringBackend):
    """Stands for the system's; `__module__` is how the real ones are known."""

    __module__ = "keyring.backends.SecretService"
    priority = 5  # type: ignore[assignment]

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}
        self.broken = False

    def _try(self) -> None:
        if self.broken:
            raise OSError("the bus is gone")

    def get_password(self, service: str, username: str) -> str | None:
        self._try()
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self._try()
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        self._try()
        del self.kept[service, username]


class PlainFile(Locked):
    __module__ = "keyrings.alt.file"
    priority = 9  # type: ignore[assignment]


@pytest.fixture
def use(monkeypatch: pytest.MonkeyPatch) -> Any:
    return lambda backend: monkeypatch.setattr(keyring, "get_keyring", lambda: backend)


def test_what_is_saved_is_there_until_it_is_forgotten(use: Any) -> None:
    backend = Locked()
    use(backend)
    store = KeyringStore()
    assert store.remembers
    store.save("seat", "secret")
    assert KeyringStore().load("seat") == "secret"
    store.forget("seat")
    store.forget("seat")
    assert store.load("seat") is None


@pytest.mark.parametrize("backend", [fail.Keyring(), null.Keyring(), PlainFile()])
def test_one_that_does_not_lock_is_not_used(use: Any, backend: KeyringBackend) -> None:
    use(backend)
    store = KeyringStore()
    assert not store.remembers
    store.save("seat", "secret")
    assert store.load("seat") is None
    assert not getattr(backend, "kept", {})


def test_of_a_chain_only_the_safe_link_is_used(use: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    plain, locked = PlainFile(), Locked()
    monkeypatch.setattr(chainer.ChainerBackend, "backends", (plain, locked))
    use(chainer.ChainerBackend())
    KeyringStore().save("seat", "secret")
    assert list(locked.kept.values()) == ["secret"]
    assert not plain.kept


def test_a_chain_without_one_remembers_nothing(use: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chainer.ChainerBackend, "backends", (PlainFile(),))
    use(chainer.ChainerBackend())
    assert not KeyringStore().remembers


def test_a_keyring_that_fails_is_never_the_end(use: Any) -> None:
    backend = Locked()
    use(backend)
    store = KeyringStore()
    backend.broken = True
    assert store.load("seat") is None
    store.save("seat", "secret")
    assert not store.remembers
    store.forget("seat")


def test_looking_for_one_may_fail(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> KeyringBackend:
        raise RuntimeError("a plug-in cannot be loaded")

    monkeypatch.setattr(keyring, "get_keyring", broken)
    assert not KeyringStore().remembers


def test_memory_lasts_until_the_end_of_the_run() -> None:
    store = MemoryStore()
    store.save("seat", "secret")
    assert store.load("seat") == "secret"
    assert not store.remembers
    store.forget("seat")
    store.forget("seat")
    assert store.load("seat") is None
