"""The TOML beside a recorded day: which column means what, how times are written, which names stand for which class."""

import codecs
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from console.domain.case import Channel
from console.domain.city import City

NEEDED = ("id", "opened", "category")
OPTIONAL = ("district", "address", "lat", "lon", "due", "closed", "channel", "words")
_SECTIONS = ("file", "columns", "categories", "channels")
_FILE_KEYS = ("encoding", "delimiter", "timezone", "datetime_formats", "crs", "other")
_FORMATS = ("%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S", "%Y/%m/%d %H:%M:%S", "%Y-%m-%d %H:%M", "%Y/%m/%d %H:%M")  # fmt: skip


class MappingError(Exception):
    """The mapping (or the file it describes) cannot be used; both languages say what and where."""

    def __init__(self, zh: str, en: str) -> None:
        """Keep both languages."""
        super().__init__(en)
        self.zh, self.en = zh, en


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnMap:
    """How to read a recorded day.

    `columns` is field → header of the file; `categories` name of the file → subcategory of the
    pack; `channels` name of the file → channel; `other` the subcategory for names not known;
    `crs` is `wgs84` or `gcj02`.
    """

    encoding: str
    delimiter: str
    tz: ZoneInfo
    formats: tuple[str, ...]
    crs: str
    other: str
    columns: Mapping[str, str]
    categories: Mapping[str, str]
    channels: Mapping[str, Channel]


def read_mapping(path: Path, city: City) -> ColumnMap:
    """The mapping of that file, checked against the city pack; raises `MappingError`."""
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError) as error:
        raise MappingError(f"{path.name}：不能读取（{error}）", f"{path.name}: cannot be read ({error})") from error  # fmt: skip
    except tomllib.TOMLDecodeError as error:
        raise MappingError(f"{path.name}：不是有效的 TOML（{error}）", f"{path.name}: not valid TOML ({error})") from error  # fmt: skip
    return _Reader(path.name, told, city).mapping()


class _Reader:
    """Checks one mapping file; every fault names its key."""

    def __init__(self, name: str, told: Mapping[str, object], city: City) -> None:
        self._name, self._told, self._city = name, told, city

    def mapping(self) -> ColumnMap:
        self._known("", self._told, _SECTIONS)
        file = self._section("file")
        self._known("file", file, _FILE_KEYS)
        return ColumnMap(
            encoding=self._encoding(file),
            delimiter=self._delimiter(file),
            tz=self._zone(file),
            formats=self._formats(file),
            crs=self._crs(file),
            other=self._other(file),
            columns=self._columns(),
            categories=self._categories(),
            channels=self._channels(),
        )

    def _fault(self, key: str, zh: str, en: str) -> MappingError:
        return MappingError(f"{self._name}，{key}：{zh}", f"{self._name}, {key}: {en}")

    def _known(self, where: str, found: Mapping[str, object], names: tuple[str, ...]) -> None:
        """A name that is not known is most likely a slip."""
        for key in found:
            if key not in names:
                allowed = ", ".join(names)
                raise self._fault(f"{where} {key}".strip(), f"没有这一项，可用的是 {allowed}", f"there is no such key; there are {allowed}")  # fmt: skip

    def _section(self, name: str) -> Mapping[str, object]:
        found = self._told.get(name, {})
        if not isinstance(found, dict):
            raise self._fault(name, "应为一节 [..]", "must be a table")
        return found

    def _texts(self, name: str) -> dict[str, str]:
        found: dict[str, str] = {}
        for key, value in self._section(name).items():
            if not isinstance(value, str):
                raise self._fault(f"{name} {key}", "应为文字", "must be a text")
            found[key] = value
        return found

    def _text(self, file: Mapping[str, object], key: str, default: str) -> str:
        value = file.get(key, default)
        if not isinstance(value, str):
            raise self._fault(f"file {key}", "应为文字", "must be a text")
        return value

    def _encoding(self, file: Mapping[str, object]) -> str:
        name = self._text(file, "encoding", "utf-8")
        try:
            known = codecs.lookup(name).name
        except LookupError as error:
            raise self._fault("file encoding", f"没有“{name[:40]}”这种编码，请用 utf-8 或 gb18030", f"there is no encoding {name[:40]!r}; use utf-8 or gb18030") from error  # fmt: skip
        if known.startswith(("utf-16", "utf-32")):
            raise self._fault("file encoding", "请先另存为 UTF-8 或 GB18030", "save it as UTF-8 or GB18030 first")  # fmt: skip
        return known

    def _delimiter(self, file: Mapping[str, object]) -> str:
        value = self._text(file, "delimiter", ",")
        if len(value) != 1 or value in '"\r\n':
            raise self._fault("file delimiter", "应为一个字符", "must be one character")
        return value

    def _zone(self, file: Mapping[str, object]) -> ZoneInfo:
        name = self._text(file, "timezone", str(self._city.tz))
        try:
            return ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError, OSError) as error:
            raise self._fault("file timezone", f"没有“{name[:40]}”这个时区", f"there is no time zone {name[:40]!r}") from error  # fmt: skip

    def _formats(self, file: Mapping[str, object]) -> tuple[str, ...]:
        value = file.get("datetime_formats", list(_FORMATS))
        if not isinstance(value, list) or not value or not all(isinstance(v, str) for v in value):
            raise self._fault("file datetime_formats", "应为一组时间格式", "must be a list of time formats")  # fmt: skip
        return tuple(value)

    def _crs(self, file: Mapping[str, object]) -> str:
        value = self._text(file, "crs", "wgs84").lower()
        if value not in ("wgs84", "gcj02"):
            raise self._fault("file crs", "应为 wgs84 或 gcj02", "must be wgs84 or gcj02")
        return value

    def _other(self, file: Mapping[str, object]) -> str:
        """The subcategory for what is not known: as told, or the one the pack calls 其他."""
        named = [c.code for c in self._city.categories.values() if "其他" in c.name]
        value = self._text(file, "other", named[0] if named else "")
        if value not in self._city.categories:
            raise self._fault("file other", "请写明未知类别归入城市包中的哪个小类代码", "name the subcategory code of the city pack for unknown categories")  # fmt: skip
        return value

    def _columns(self) -> dict[str, str]:
        columns = self._texts("columns")
        self._known("columns", columns, (*NEEDED, *OPTIONAL))
        for field in NEEDED:
            if not columns.get(field):
                raise self._fault(f"columns {field}", "缺少这一列的名称", "the name of this column is missing")  # fmt: skip
        return columns

    def _categories(self) -> dict[str, str]:
        found = self._texts("categories")
        for name, code in found.items():
            if code not in self._city.categories:
                raise self._fault(f"categories {name}", f"城市包没有小类 {code[:40]}", f"the city pack has no subcategory {code[:40]}")  # fmt: skip
        return found

    def _channels(self) -> dict[str, Channel]:
        found: dict[str, Channel] = {}
        for name, channel in self._texts("channels").items():
            try:
                found[name] = Channel(channel)
            except ValueError as error:
                allowed = ", ".join(Channel)
                raise self._fault(f"channels {name}", f"应为 {allowed} 之一", f"must be one of {allowed}") from error  # fmt: skip
        return found
