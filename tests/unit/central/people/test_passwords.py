"""Passwords: kept as slow hashes, refused when they are too easy."""

import pytest

from console.central.people import passwords
from console.central.problems import Problem


def test_only_the_right_one_fits() -> None:
    kept = passwords.hashed("drei Esel im Regen")
    assert kept.startswith("$argon2id$")
    assert "Esel" not in kept
    assert passwords.fits("drei Esel im Regen", kept)
    for wrong in ("drei Esel im Rege", "Drei Esel im Regen", "", "x" * 1_000_000):
        assert not passwords.fits(wrong, kept)


def test_nobody_has_none() -> None:
    assert not passwords.fits("", None)
    assert not passwords.fits("nobody's password", None)


def test_a_damaged_hash_fits_nothing() -> None:
    assert not passwords.fits("x", "not a hash")


def test_two_people_with_one_password_have_two_hashes() -> None:
    assert passwords.hashed("drei Esel im Regen") != passwords.hashed("drei Esel im Regen")


def test_todays_hash_is_not_outdated_and_a_weak_one_is() -> None:
    assert not passwords.outdated(passwords.hashed("drei Esel im Regen"))
    weak = "$argon2id$v=19$m=8,t=1,p=1$c29tZXNhbHQ$v1hCbB8v0hbmzuDpkFRHBw"
    assert passwords.outdated(weak)


@pytest.mark.parametrize("good", ["drei Esel im Regen", "指挥棒一二三四五六七", "x1y2z3a4b5"])
def test_length_is_enough(good: str) -> None:
    passwords.check_strength(good, "wang")


@pytest.mark.parametrize(
    "weak", ["", "short1!", "aaaaaaaaaaaa", "abababababab", "my-WANG-is-here", "x" * 201]
)
def test_too_easy(weak: str) -> None:
    with pytest.raises(Problem) as caught:
        passwords.check_strength(weak, "wang")
    assert (caught.value.status, caught.value.code) == (422, "weak-password")
    assert not weak or weak not in caught.value.detail
