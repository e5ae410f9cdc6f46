"""Passwords as argon2id hashes (RFC 9106, the library's own low-memory profile)."""

from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from console.central.problems import Problem

SHORTEST, LONGEST = 10, 200
"""Characters of a password; what is longer would only cost time."""

_HASHER = PasswordHasher()


@cache
def _nobody() -> str:
    """A hash to check against where there is no person: the time taken tells nothing."""
    return _HASHER.hash("nobody's password")


def hashed(password: str) -> str:
    """The hash to keep."""
    return _HASHER.hash(password)


def fits(password: str, known: str | None) -> bool:
    """Whether the password is the one of the hash; takes the same time without a hash."""
    try:
        return _HASHER.verify(known or _nobody(), password[:LONGEST]) and known is not None
    except (VerificationError, InvalidHashError):
        return False


def outdated(known: str) -> bool:
    """Whether the hash should be made anew with today's parameters."""
    return _HASHER.check_needs_rehash(known)


def check_strength(password: str, login: str) -> None:
    """Raises `Problem` 422 for a password that is too easy (NIST SP 800-63B: length, not riddles)."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise Problem(422, "weak-password", f"{SHORTEST} to {LONGEST} characters")
    if login.lower() in password.lower() or len(set(password)) < 5:
        raise Problem(422, "weak-password", "it holds the login, or too few different characters")
