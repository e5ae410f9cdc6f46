"""Which address is used, and which may be."""

import pytest

from console.client.addresses import Addresses, PlainHttp

A, B, C = "https://a.example", "https://b.example", "https://c.example"


def test_it_stays_with_what_works_and_goes_on_from_what_fails() -> None:
    found = Addresses([A, B + "/", C, A])
    assert found.round() == (A, B, C)
    found.failed(A)
    assert found.round() == (B, C, A)
    found.failed(A)
    assert found.current == B, "somebody else had gone on already"
    found.failed(B)
    found.failed(C)
    assert found.current == A


@pytest.mark.parametrize(
    "address",
    [
        "http://centre.example",
        "http://10.0.0.7:8800",
        "http://127.0.0.1.example",
        "ftp://127.0.0.1",
        "centre.example",
    ],
)
def test_without_tls_only_this_machine(address: str) -> None:
    with pytest.raises(PlainHttp, match=address):
        Addresses([A, address])


def test_plain_beyond_this_machine_has_to_be_allowed() -> None:
    assert Addresses("http://10.0.0.7:8800", allow_plain=True).current == "http://10.0.0.7:8800"


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.9.1", "localhost", "[::1]"])
def test_this_machine_needs_no_tls(host: str) -> None:
    assert Addresses(f"http://{host}:8800").current == f"http://{host}:8800"


def test_there_must_be_one() -> None:
    with pytest.raises(ValueError):
        Addresses([])
