"""Where a login is remembered between two starts: the system's keyring, or nowhere. Never a plain file."""

import logging
from typing import Protocol

import keyring
from keyring.backend import KeyringBackend
from keyring.backends import chainer

log = logging.getLogger(__name__)

_SERVICE = "Baton console"

_SAFE = tuple(
    f"keyring.backends.{name}"
    for name in ("SecretService", "libsecret", "kwallet", "Windows", "macOS")
)
"""Modules whose back ends keep secrets encrypted under the user's own login; no other is used."""


class TokenStore(Protocol):
    """Keeps one secret text a name; no method raises: what cannot be kept is asked again."""

    @property
    def remembers(self) -> bool:
        """Whether what is saved will be there at the next start."""

    def load(self, name: str) -> str | None:
        """What was saved; None when there is nothing, or it cannot be had."""

    def save(self, name: str, secret: str) -> None:
        """Keep a secret in place of the former one."""

    def forget(self, name: str) -> None:
        """Keep it no more."""


class MemoryStore:
    """Until the end of this run."""

    remembers = False

    def __init__(self) -> None:
        """Empty."""
        self._kept: dict[str, str] = {}

    def load(self, name: str) -> str | None:
        """What was saved in this run."""
        return self._kept.get(name)

    def save(self, name: str, secret: str) -> None:
        """Keep it in memory."""
        self._kept[name] = secret

    def forget(self, name: str) -> None:
        """Keep it no more."""
        self._kept.pop(name, None)


class KeyringStore:
    """The keyring of the system; without a safe one nothing is remembered."""

    def __init__(self) -> None:
        """Looks for the keyring; may take a moment, call it from a task."""
        self._backend = _safe_backend()

    @property
    def remembers(self) -> bool:
        """Whether there is a safe keyring."""
        return self._backend is not None

    def load(self, name: str) -> str | None:
        """What the keyring holds."""
        if self._backend is None:
            return None
        try:
            return self._backend.get_password(_SERVICE, name)
        except Exception as error:  # a back end raises what its system raises
            log.warning("the keyring gives nothing: %s", error)
            return None

    def save(self, name: str, secret: str) -> None:
        """Into the keyring; from the first failure on nothing is remembered."""
        if self._backend is None:
            return
        try:
            self._backend.set_password(_SERVICE, name, secret)
        except Exception as error:  # as above
            log.warning("the keyring takes nothing: %s", error)
            self.forget(name)
            self._backend = None

    def forget(self, name: str) -> None:
        """Out of the keyring."""
        if self._backend is None:
            return
        try:
            self._backend.delete_password(_SERVICE, name)
        except Exception as error:  # as above; mostly there was nothing
            log.debug("nothing to forget: %s", error)


def _safe_backend() -> KeyringBackend | None:
    """The first back end that encrypts; None rather than one that writes a file or pretends."""
    try:
        chosen = keyring.get_keyring()
        found = chosen.backends if isinstance(chosen, chainer.ChainerBackend) else [chosen]
    except Exception as error:  # looking for back ends loads whatever is installed
        log.warning("there is no keyring: %s", error)
        return None
    safe = (one for one in found if type(one).__module__.startswith(_SAFE))
    return next(safe, None)
