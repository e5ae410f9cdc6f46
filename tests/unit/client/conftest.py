"""What the client's tests share."""

from collections.abc import Iterator

import pytest

from tests.fake_centre import FakeCentre, fake_centre


@pytest.fixture
def centre() -> Iterator[FakeCentre]:
    with fake_centre() as made:
        yield made


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """The pause between tries is not what is tested here."""
    for module in ("stream", "sender", "waits"):
        monkeypatch.setattr(f"console.client.{module}.full_jitter", lambda attempt: 0.01)
