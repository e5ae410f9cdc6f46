"""A recorded day with every kind of slip: all are counted and listed, none stops the rest."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from console.domain.case import Channel
from console.feed.mapping import MappingError
from console.feed.recorded import Recorded, read_recorded
from console.geo.city import load_city
from console.paths import DEFAULT_CITY, RESOURCES
from tests.unit.field.model_city import model_city

HEAD = "编号,时间,类别,区,地址,经度,纬度,时限,办结,渠道"
COLUMNS = dict(
    zip(
        (
            "id",
            "opened",
            "category",
            "district",
            "address",
            "lon",
            "lat",
            "due",
            "closed",
            "channel",
        ),
        HEAD.split(","),
        strict=True,
    )
)


def mapping(path: Path, **file: str) -> Path:
    told = {"other": "1407", "encoding": "utf-8", "crs": "wgs84"} | file
    lines = ["[file]", *(f'{k} = "{v}"' for k, v in told.items())]
    lines += ["[columns]", *(f'{k} = "{v}"' for k, v in COLUMNS.items())]
    lines += ["[categories]", '"停电报修" = "1001"', "[channels]", '"微信" = "wechat"']
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def row(n: int = 1, **fields: str) -> str:
    told = {"id": f"N{n}", "opened": f"2026-06-03 09:{n % 60:02d}:00", "category": "暴露垃圾"}
    told |= {"address": "东区甲街道 人民路 3号", "lon": "110.345", "lat": "20.03"} | fields
    return ",".join(told.get(name, "") for name in COLUMNS)


def read(tmp_path: Path, rows: Iterable[str], encoding: str = "utf-8", **file: str) -> Recorded:
    path = tmp_path / "day.csv"
    path.write_bytes("\r\n".join([HEAD, *rows, ""]).encode(encoding))
    declared = mapping(tmp_path / "day.toml", encoding=encoding.replace("-sig", ""), **file)
    return read_recorded(path, declared, model_city(), 1)


def lines(day: Recorded) -> list[tuple[int, str]]:
    return [(rejected.line, rejected.field) for rejected in day.rejected]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_rows_become_calls_in_every_encoding(tmp_path: Path, encoding: str) -> None:
    day = read(tmp_path, [row(1, category="停电报修", channel="微信"), row(2)], encoding)
    first = day.calls[0].accept
    assert first.category == "1001"
    assert first.channel is Channel.WECHAT
    assert first.source_ref == "N1"
    assert first.private.address == "东区甲街道 人民路 3号"
    assert day.calls[0].at == datetime(2026, 6, 3, 1, 1, tzinfo=UTC)
    assert day.calls[1].accept.category == "0101"
    assert day.calls[1].accept.channel is Channel.PHONE
    assert day.rejected == []


def test_the_id_is_the_same_each_time_the_file_is_read(tmp_path: Path) -> None:
    first, second = (read(tmp_path, [row(1)]).calls[0].accept.case for _ in range(2))
    assert first == second


def test_bad_rows_are_listed_with_line_field_and_reason(tmp_path: Path) -> None:
    day = read(
        tmp_path,
        [
            row(1),
            row(2, id=""),
            row(1),
            row(4, opened="昨天"),
            row(5, opened=""),
            row(6) + ",x",
            "N7,2026-06-03 09:07:00",
            row(8, opened="2026-06-01 09:00:00"),
            'N9,"没有结束,' + row(9),
            row(10, opened="9999-12-31 23:59:59"),
            "",
            row(11, due="某日", closed="2026-06-03 01:00:00"),
            row(12),
        ],
    )
    assert lines(day) == [
        (3, "id"),
        (4, "id"),
        (5, "opened"),
        (6, "opened"),
        (7, ""),
        (8, ""),
        (9, "opened"),
        (10, ""),
        (11, "opened"),
        (13, "due"),
        (13, "closed"),
    ]
    assert [call.accept.source_ref for call in day.calls] == ["N1", "N11", "N12"]
    assert all(rejected.zh and rejected.en for rejected in day.rejected)
    assert day.summary()["rejected"] == 9
    assert day.summary()["values_left_out"] == 2
    assert len(day.rejected_list().splitlines()) == 12


def test_a_multi_line_cell_is_one_row_and_later_line_numbers_are_right(tmp_path: Path) -> None:
    told = row(1).replace("东区甲街道 人民路 3号", '"东区\n甲街道\n人民路"')
    day = read(tmp_path, [told, row(2), row(3, id="")])
    assert len(day.calls) == 2
    assert lines(day) == [(6, "id")]


@pytest.mark.parametrize(
    ("lon", "lat"),
    [
        ("nan", "20.03"),
        ("110.3", "inf"),
        ("20.03", "110.3"),
        ("0", "0"),
        ("一百一十", "20"),
        ("110.3", ""),
        ("1e309", "20"),
    ],
)
def test_a_bad_place_is_counted_and_the_case_kept(tmp_path: Path, lon: str, lat: str) -> None:
    day = read(tmp_path, [row(1, lon=lon, lat=lat), row(2)])
    assert day.calls[0].accept.position is None
    assert len(day.calls) == 2
    assert day.bad_places == 1
    assert day.without_place == 1


def test_a_missing_place_is_no_fault(tmp_path: Path) -> None:
    day = read(tmp_path, [row(1, lon="", lat="")])
    assert day.without_place == 1
    assert day.bad_places == 0


def test_declared_gcj02_is_shifted(tmp_path: Path) -> None:
    plain = read(tmp_path, [row(1)]).calls[0].accept.position
    shifted = read(tmp_path, [row(1)], crs="gcj02").calls[0].accept.position
    assert plain is not None
    assert shifted is not None
    assert 0.003 < plain.lon - shifted.lon < 0.006


def test_unknown_classes_fall_to_the_other_one_and_are_counted(tmp_path: Path) -> None:
    day = read(
        tmp_path, [row(1, category="外星人"), row(2, category="外星人"), row(3, category="0602")]
    )
    assert [call.accept.category for call in day.calls] == ["1407", "1407", "0602"]
    assert day.unknown_categories == {"外星人": 2}


def test_what_was_closed_at_once_was_answered_and_later_ends_are_kept(tmp_path: Path) -> None:
    day = read(
        tmp_path,
        [row(1, closed="2026-06-03 09:03:00"), row(2, closed="2026-06-03 11:00:00"), row(3)],
    )
    assert [call.accept.answered for call in day.calls] == [True, False, False]
    assert [call.accept.register for call in day.calls] == [False, True, True]
    assert day.ends == {day.calls[1].accept.case: day.calls[1].at + timedelta(minutes=118)}


def test_hostile_texts_are_only_texts(tmp_path: Path) -> None:
    told = "${alert(1)}<img src=x onerror=alert(1)>`\\\\"
    day = read(tmp_path, [row(1, address=told), row(2, address="长" * 200_000)])
    assert told in day.calls[0].accept.private.address
    assert len(day.calls) == 2


def test_lines_of_another_encoding_are_rejected_one_by_one(tmp_path: Path) -> None:
    path = tmp_path / "day.csv"
    good = "\n".join([HEAD, row(1)]).encode()
    path.write_bytes(good + b"\n" + row(2).encode("gb18030") + b"\n" + row(3).encode() + b"\n")
    day = read_recorded(path, mapping(tmp_path / "day.toml"), model_city(), 1)
    assert [call.accept.source_ref for call in day.calls] == ["N1", "N3"]
    assert lines(day) == [(3, "")]
    assert "utf-8" in day.rejected[0].en


def test_a_file_without_the_columns_or_without_one_good_row_says_so(tmp_path: Path) -> None:
    path = tmp_path / "day.csv"
    declared = mapping(tmp_path / "day.toml")
    path.write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(MappingError) as caught:
        read_recorded(path, declared, model_city(), 1)
    assert "编号" in caught.value.en
    path.write_text(HEAD + "\n", encoding="utf-8")
    with pytest.raises(MappingError, match="not one row"):
        read_recorded(path, declared, model_city(), 1)
    path.write_text("", encoding="utf-8")
    with pytest.raises(MappingError):
        read_recorded(path, declared, model_city(), 1)
    with pytest.raises(MappingError, match="cannot be read"):
        read_recorded(tmp_path / "nowhere.csv", declared, model_city(), 1)


@settings(
    max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(st.binary(max_size=300))
def test_no_bytes_stop_the_good_rows_before_them(tmp_path: Path, garbage: bytes) -> None:
    path = tmp_path / "day.csv"
    path.write_bytes("\n".join([HEAD, row(1), row(2)]).encode() + b"\n" + garbage)
    day = read_recorded(path, mapping(tmp_path / "day.toml"), model_city(), 1)
    assert {"N1", "N2"} <= {call.accept.source_ref for call in day.calls}


def test_the_shipped_example_plays_and_has_its_slips() -> None:
    folder = RESOURCES / "examples"
    city = load_city(DEFAULT_CITY)
    day = read_recorded(folder / "recorded_day.csv", folder / "recorded_day.toml", city, 1)
    assert len(day.calls) > 280
    assert day.without_place >= 10
    assert day.bad_places >= 4
    assert 5 <= int(str(day.summary()["rejected"])) <= 15
    assert day.unknown_categories
    assert day.ends
