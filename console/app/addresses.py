"""The centre's addresses as they are given at the start, and how safe the way to them is."""

import ipaddress
from urllib.parse import urlsplit

from console.app.problems import StartProblem
from console.live.door import Way


def read_addresses(text: str, *, insecure_http: bool) -> tuple[str, ...]:
    """The addresses of one centre, parted by commas; raises `StartProblem`.

    Plain http is for this machine only, unless it was asked for aloud.
    """
    given = tuple(part.strip().rstrip("/") for part in text.split(",") if part.strip())
    if not given:
        raise StartProblem(
            "--api 没有给出地址。例如：--api https://12345.example.org",
            "--api names no address. For example: --api https://12345.example.org",
        )
    for address in given:
        _check(address, insecure_http=insecure_http)
    return tuple(dict.fromkeys(given))


def _check(address: str, *, insecure_http: bool) -> None:
    try:
        parts = urlsplit(address)
        good = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        good = False
    if not good or parts.username or parts.query or parts.fragment:
        raise StartProblem(
            f"不是中心的地址：{address}。应为 https://主机[:端口]，几个地址用逗号分开。",
            f"Not the address of a centre: {address}. It should be https://host[:port]; several "
            "are parted by commas.",
        )
    if parts.scheme == "http" and not on_loopback(address) and not insecure_http:
        raise StartProblem(
            f"{address} 没有加密，密码和指令会被人看到、改动。请换用 https://；"
            "确实只能这样（例如测试），加上 --insecure-http。",
            f"{address} is not encrypted: passwords and orders could be read and changed. "
            "Use https://, or add --insecure-http where there is no other way (a test).",
        )


def on_loopback(address: str) -> bool:
    """Whether the address is this machine."""
    host = urlsplit(address).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def way_to(addresses: tuple[str, ...], *, own_ca: bool) -> Way:
    """How the least safe of the addresses is reached."""
    plain = [address for address in addresses if urlsplit(address).scheme == "http"]
    if any(not on_loopback(address) for address in plain):
        return Way.OPEN
    if plain:
        return Way.THIS_MACHINE
    return Way.CITY_CA if own_ca else Way.VERIFIED
