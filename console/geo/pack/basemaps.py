"""Reads `[[basemaps]]` of city.toml: the base maps that the city offers (docs/basemaps.md)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

from console.domain.basemap import (
    HIGHEST_ZOOM,
    LOWEST_ZOOM,
    ArchiveLayer,
    BaseLayer,
    BaseMap,
    WmtsLayer,
    XyzLayer,
)
from console.geo.pack.settings import FILE, Section
from console.geo.problem import Problems

MOST_LAYERS = 4
_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,31}")
_HOST = re.compile(r"[a-z0-9]([a-z0-9.-]{0,250}[a-z0-9])?")
_PLACE = re.compile(r"\{([^{}]*)\}")
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
_SECRETS = frozenset({"tk", "key", "ak", "apikey", "api_key", "token", "access_token", "appkey"})
"""Parameters by which services know their users."""
_KINDS = {
    "xyz": frozenset({"xyz", "subdomains"}),
    "wmts": frozenset({"wmts", "layer", "style", "matrix_set", "format"}),
    "pmtiles": frozenset({"pmtiles"}),
}
_FIELDS = frozenset(
    {
        *("id", "name", "name_en", "layers", "credit", "approval", "crs", "names", "first"),
        *("invert", "brightness", "saturation", "lowest", "highest", "referer", "hosts"),
        "insecure_http",
    }
)
_CRS = {"EPSG:3857": False, "gcj02": True}


def read_base_maps(
    raw: Mapping[str, object], folder: Path, problems: Problems
) -> tuple[BaseMap, ...]:
    """The base maps in the order of the file, with every fault noted; none where the city offers none."""
    entries = raw.get("basemaps", [])
    if not isinstance(entries, list):
        problems.add(FILE, "basemaps", "", "应写成 [[basemaps]]", "must be written [[basemaps]]")
        return ()
    found: list[BaseMap] = []
    for entry in entries:
        one = _base_map(_section("basemaps", entry, problems), folder, problems)
        if any(one.id == other.id for other in found):
            problems.add(FILE, f"basemaps.{one.id}", "id", "出现了两次", "stands twice")
        if one.first and any(other.first for other in found):
            problems.add(FILE, f"basemaps.{one.id}", "first", "只能有一个", "only one may be first")
        found.append(one)
    return tuple(found)


def _section(name: str, entry: object, problems: Problems) -> Section:
    return Section({name: entry}, name, problems)


def _base_map(section: Section, folder: Path, problems: Problems) -> BaseMap:
    name = section.parsed("id", section.text("id"), _id) or "?"
    section = _section(f"basemaps.{name}", section.values, problems)
    _no_others(section, _FIELDS)
    plain = _optional(section, "insecure_http", bool, False)
    lowest, highest = _zooms(section)
    invert = _optional(section, "invert", bool, False)
    return BaseMap(
        id=name,
        name=section.text("name"),
        name_en=section.text("name_en"),
        layers=_layers(section, folder, plain, problems),
        credit=section.text("credit"),
        approval=section.optional("approval"),
        gcj02=_gcj02(section),
        names=_optional(section, "names", bool, False),
        first=_optional(section, "first", bool, False),
        invert=invert,
        brightness=_share(section, "brightness", 0.1, 0.75 if invert else 0.45),
        saturation=_share(section, "saturation", 0.0, 0.6),
        lowest=lowest,
        highest=highest,
        referer=_referer(section),
        hosts=_hosts(section),
    )


def _id(text: str) -> str:
    if not _ID.fullmatch(text):
        raise ValueError("up to 32 of a to z, 0 to 9 and -")
    return text


def _no_others(section: Section, known: frozenset[str]) -> None:
    """A name that is not known is most likely a slip."""
    for name in section.values:
        if name not in known:
            section.wrong(name, "没有这一项", "there is no such setting")


def _optional(section: Section, field: str, kind: type[bool], harmless: bool) -> bool:
    return section.of_type(field, kind, harmless) if field in section.values else harmless


def _share(section: Section, field: str, least: float, usual: float) -> float:
    value = section.values.get(field, usual)
    if isinstance(value, bool) or not isinstance(value, int | float) or not least <= value <= 2:
        section.wrong(field, f"应为 {least} 到 2 的数", f"must be a number from {least} to 2")
        return usual
    return float(value)


def _zooms(section: Section) -> tuple[int, int]:
    values = [section.values.get("lowest", LOWEST_ZOOM), section.values.get("highest", 18)]
    for field, value in zip(("lowest", "highest"), values, strict=True):
        if type(value) is not int or not LOWEST_ZOOM <= value <= HIGHEST_ZOOM:
            words = f"{LOWEST_ZOOM} 到 {HIGHEST_ZOOM}", f"{LOWEST_ZOOM} to {HIGHEST_ZOOM}"
            section.wrong(field, f"应为 {words[0]} 的整数", f"must be a whole number {words[1]}")
            return LOWEST_ZOOM, 18
    lowest, highest = (int(str(value)) for value in values)
    if lowest > highest:
        section.wrong("lowest", "大于 highest", "is above highest")
        return LOWEST_ZOOM, 18
    return lowest, highest


def _gcj02(section: Section) -> bool:
    value = section.values.get("crs", "EPSG:3857")
    if not isinstance(value, str) or value not in _CRS:
        section.wrong(
            "crs",
            '只能是 "EPSG:3857" 或 "gcj02"；经纬度切片（EPSG:4326、EPSG:4490、天地图 c）不支持',
            'must be "EPSG:3857" or "gcj02"; tiles in degrees (EPSG:4326, EPSG:4490, '
            "Tianditu's c) are not supported",
        )
        return False
    return _CRS[value]


def _referer(section: Section) -> str | None:
    value = section.optional("referer")
    if value is not None and not re.fullmatch(r"https?://[!-~]{1,200}", value):
        section.wrong("referer", "应为网址", "must be an address that begins with http(s)://")
        return None
    return value


def _hosts(section: Section) -> frozenset[str]:
    given = section.texts("hosts") if "hosts" in section.values else []
    for host in given:
        if not _HOST.fullmatch(host):
            section.wrong("hosts", f"“{host[:40]}”不是主机名", f'"{host[:40]}" is no host name')
    return frozenset(host for host in given if _HOST.fullmatch(host))


def _layers(
    section: Section, folder: Path, plain: bool, problems: Problems
) -> tuple[BaseLayer, ...]:
    entries = section.of_type("layers", list, [])
    if not 1 <= len(entries) <= MOST_LAYERS:
        section.wrong("layers", f"应有 1 到 {MOST_LAYERS} 层", f"must be 1 to {MOST_LAYERS} layers")
    found: list[BaseLayer] = []
    for number, entry in enumerate(entries, start=1):
        layer = _section(f"{section.name}.layers[{number}]", entry, problems)
        kinds = [kind for kind in _KINDS if kind in layer.values]
        if len(kinds) != 1:
            layer.wrong("", "应恰有 xyz、wmts、pmtiles 之一", "must have one of xyz, wmts, pmtiles")
            continue
        _no_others(layer, _KINDS[kinds[0]])
        found.append(_layer(layer, kinds[0], folder, plain))
    return tuple(found)


def _layer(layer: Section, kind: str, folder: Path, plain: bool) -> BaseLayer:
    if kind == "pmtiles":
        return ArchiveLayer(file=folder / layer.text("pmtiles"))
    url = layer.text(kind)
    Address(layer, kind, url).check(plain)
    if kind == "wmts":
        return WmtsLayer(
            url=url,
            layer=layer.text("layer"),
            style=layer.optional("style") or "",
            matrix_set=layer.optional("matrix_set") or "",
            format=layer.optional("format") or "",
        )
    subdomains = tuple(layer.texts("subdomains")) if "subdomains" in layer.values else ()
    if ("{s}" in url) != bool(subdomains):
        layer.wrong("subdomains", "{s} 与 subdomains 应同时出现", "{s} and subdomains go together")
    for one in subdomains:
        if not _HOST.fullmatch(one):
            layer.wrong("subdomains", f"“{one[:40]}”不能用", f'"{one[:40]}" cannot be used')
    return XyzLayer(url=url, subdomains=subdomains)


@dataclass(frozen=True, slots=True)
class Address:
    """An address of the pack under test; `kind` is the field that holds it."""

    section: Section
    kind: str
    url: str

    def check(self, plain: bool) -> None:
        """Note all that is wrong with it; `plain`: http to another machine is meant."""
        self._check_places()
        try:
            parts = urlsplit(self.url.replace("{s}", "s"))
            host, _ = parts.hostname or "", parts.port
        except ValueError:
            self._wrong("不是有效的网址", "is no valid address")
            return
        if parts.scheme not in ("http", "https") or not _is_host(host):
            self._wrong("应以 https:// 开头并写明主机", "must begin with https:// and a host")
        elif parts.scheme == "http" and host not in _LOOPBACK and not plain:
            self._wrong(
                "未加密的 http 须写明 insecure_http = true",
                "is http to another machine, which needs insecure_http = true",
            )
        if parts.username is not None or not self.url.isprintable() or " " in self.url:
            self._wrong("不能含用户名、密码或空格", "must hold no user name, password or space")
        for name, value in parse_qsl(parts.query, keep_blank_values=True):
            if name.lower() in _SECRETS and value != "{key}":
                self._wrong(
                    f"密钥不写进城市包：应为 {name}={{key}}",
                    f"the key does not belong in the pack: write {name}={{key}}",
                )

    def _check_places(self) -> None:
        names = _PLACE.findall(self.url)
        allowed = {"z", "x", "y", "-y", "s", "key"} if self.kind == "xyz" else {"key"}
        for name in names:
            if name not in allowed:
                self._wrong(f"不认识 {{{name[:20]}}}", f"{{{name[:20]}}} means nothing here")
        if any(sign in _PLACE.sub("", self.url) for sign in "{}"):
            self._wrong("大括号不成对", "has a brace without its other half")
        if self.kind == "xyz" and not ({"z", "x"} <= set(names) and {"y", "-y"} & set(names)):
            self._wrong("应含 {z}、{x} 和 {y}（或 {-y}）", "must hold {z}, {x} and {y} (or {-y})")

    def _wrong(self, zh: str, en: str) -> None:
        self.section.wrong(self.kind, zh, en)


def _is_host(host: str) -> bool:
    return host in _LOOPBACK or bool(_HOST.fullmatch(host))
