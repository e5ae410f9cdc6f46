"""Rows of a CSV file that may be damaged: each bad one is told, none takes the next ones with it.

The standard library's `csv` on one record at a time: pandas would stop at, or silently mend, the
very rows that are to be counted and listed.
"""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from console.feed.mapping import ColumnMap, MappingError

LONGEST_RECORD = 30
"""Lines a record may go over; beyond that a quote was never closed."""

_FIELD_LIMIT = 4 * 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejected:
    """One row that cannot be used: its first line (from 1), the field, why in both languages.

    Where it is `kept`, only the value of an optional field was left out.
    """

    line: int
    field: str
    zh: str
    en: str
    kept: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One record: its first line in the file, and text by header."""

    line: int
    values: dict[str, str]


def read_rows(path: Path, mapping: ColumnMap) -> Iterator[Row | Rejected]:
    """Every record of the file in order; raises `MappingError` when the file as a whole cannot be read."""
    lines = _lines(path, mapping)
    csv.field_size_limit(_FIELD_LIMIT)
    head, at = _record(lines, 0, mapping) if lines else (None, 0)
    if not isinstance(head, list):
        raise MappingError(f"{path.name}：第一行读不出列名", f"{path.name}: the first line holds no readable headers")  # fmt: skip
    headers = [name.strip() for name in head]
    _check_headers(path, headers, mapping)
    while at < len(lines):
        first = at
        found, at = _record(lines, at, mapping)
        if isinstance(found, Rejected):
            yield found
        elif not any(value.strip() for value in found):
            continue
        elif len(found) != len(headers):
            yield Rejected(
                line=first + 1,
                field="",
                zh=f"应有 {len(headers)} 列，实有 {len(found)} 列",
                en=f"{len(headers)} columns expected, {len(found)} found",
            )
        else:
            yield Row(first + 1, dict(zip(headers, found, strict=True)))


def _lines(path: Path, mapping: ColumnMap) -> list[str | None]:
    """The physical lines; None where the bytes are not of the declared encoding."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise MappingError(f"{path.name}：不能读取（{error}）", f"{path.name}: cannot be read ({error})") from error  # fmt: skip
    raw = raw.removeprefix(b"\xef\xbb\xbf") if mapping.encoding == "utf-8" else raw
    # No byte of a character of these encodings is a line feed.
    return [_decoded(line, mapping.encoding) for line in raw.splitlines(keepends=True)]


def _decoded(line: bytes, encoding: str) -> str | None:
    try:
        return line.decode(encoding).replace("\0", "")
    except UnicodeDecodeError:
        return None


def _record(
    lines: Sequence[str | None], at: int, mapping: ColumnMap
) -> tuple[list[str] | Rejected, int]:
    """The record that begins at line `at` (from 0) and the line after it."""
    if lines[at] is None:
        zh = f"不是 {mapping.encoding} 编码"
        return Rejected(line=at + 1, field="", zh=zh, en=f"not {mapping.encoding} text"), at + 1
    window = []
    for line in lines[at : at + LONGEST_RECORD]:
        if line is None:
            break
        window.append(line)
    reader = csv.reader(window, delimiter=mapping.delimiter, strict=True)
    try:
        record = next(reader)
    except csv.Error as error:
        zh = f"CSV 格式有误（{error}）"
        return Rejected(line=at + 1, field="", zh=zh, en=f"not valid CSV ({error})"), at + 1
    return record, at + reader.line_num


def _check_headers(path: Path, headers: Sequence[str], mapping: ColumnMap) -> None:
    missing = [name for name in mapping.columns.values() if name not in headers]
    if missing:
        names = "、".join(missing)
        raise MappingError(
            f"{path.name}：没有这些列：{names}。文件中的列是：{'、'.join(headers)[:300]}。若文字是乱码，请检查 encoding",
            f"{path.name}: these columns are missing: {names}. The file has: {', '.join(headers)[:300]}. "
            "If that looks garbled, check `encoding`",
        )
