"""The telephone system: asked once, plain only on this machine, its trouble told without a number."""

import argparse
from pathlib import Path

import pytest

from console.central import telephone as module
from console.central.failure import StartFailure
from console.central.telephone import Call, TelephoneFailed, Webhook, add_telephone, telephone_of
from tests.api.telephone import exchange
from tests.unit.client.test_transport import NOWHERE

CALL = Call(seat="席 7", case="C1", number="13812341234")


STREET = ["http://pbx.example/ring", "ftp://127.0.0.1/", "ring", "", "https://", "http:///x"]
STREET += ["https://a:b/", "https://[bad/", "https://a:99999/"]


@pytest.mark.parametrize("url", STREET)
def test_an_address_that_would_tell_numbers_to_the_street_is_refused(url: str) -> None:
    with pytest.raises(StartFailure) as caught:
        Webhook(url)
    assert caught.value.problem == "telephone"


@pytest.mark.parametrize(
    "url", ["https://pbx.example/ring", "http://[::1]:8/", "http://localhost/"]
)
def test_addresses_that_are_taken(url: str) -> None:
    Webhook(url)


def test_it_is_asked_with_its_token_whatever_the_environment_says(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("http_proxy", NOWHERE)
    with exchange() as found:
        Webhook(found.url, "secret").connect(CALL)
        Webhook(found.url).connect(CALL)
    assert found.calls[0] == {"seat": "席 7", "case": "C1", "number": "13812341234"}
    assert found.authorizations == ["Bearer secret", None]


@pytest.mark.parametrize("status", [301, 400, 404, 500, 503])
def test_anything_but_yes_is_a_failure_and_is_not_tried_again(status: int) -> None:
    with exchange() as found:
        found.status = status
        with pytest.raises(TelephoneFailed, match=str(status)) as caught:
            Webhook(found.url).connect(CALL)
    assert len(found.calls) == 1
    assert CALL.number not in str(caught.value)


def test_nobody_there_is_a_failure() -> None:
    with pytest.raises(TelephoneFailed) as caught:
        Webhook(NOWHERE).connect(CALL)
    assert CALL.number not in str(caught.value)


def options(*words: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    add_telephone(parser)
    return parser.parse_args(words)


def test_by_the_options(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert telephone_of(options()) is None
    monkeypatch.setenv(module.TOKEN_VARIABLE, " secret ")
    with exchange() as found:
        telephone = telephone_of(options("--telephone", found.url))
        assert telephone is not None
        telephone.connect(CALL)
    assert found.authorizations == ["Bearer secret"]
    absent = str(tmp_path / "absent.pem")
    with pytest.raises(StartFailure, match=r"absent\.pem"):
        telephone_of(options("--telephone", "https://pbx.example/", "--telephone-ca", absent))
