"""The bundled city is complete; a broken pack names each fault's file, feature and field."""

import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from console.domain.city import City
from console.domain.unit import UnitKind
from console.domain.worker import WorkerKind
from console.geo.city import load_city
from console.geo.problem import LIMIT, PackError, PackProblem


def test_haikou_is_complete(haikou: City) -> None:
    assert (haikou.code, haikou.name, haikou.case_word) == ("460100", "海口", "办件")
    assert len(haikou.grids) == 4489
    assert len(haikou.areas) == 4 + 46 + 467
    per_district = Counter(grid.district for grid in haikou.grids.values())
    assert per_district["460105"] == 673
    assert set(per_district) == {"460105", "460106", "460107", "460108"}
    assert {code for code, area in haikou.areas.items() if not area.synthetic} == set(per_district)
    assert all(grid.synthetic for grid in haikou.grids.values())
    assert not haikou.production
    assert haikou.map_approval is None
    assert haikou.calendar.workdays[date(2026, 4, 20)] is False


def test_haikou_units_are_the_91_members(haikou: City) -> None:
    kinds = Counter(unit.kind for unit in haikou.units.values())
    assert sum(kinds.values()) == 91
    assert (kinds[UnitKind.DISTRICT], kinds[UnitKind.TOWN]) == (4, 46)
    assert set(haikou.unit_of_area) == {c for c, a in haikou.areas.items() if len(c) <= 9}
    with_duties = {duty.unit for duty in haikou.duties}
    for category in haikou.categories.values():
        assert category.lead.startswith("@") or category.lead in with_duties
        assert haikou.duties_by_subcategory[category.code]
    assert any(category.hazard for category in haikou.categories.values())


def test_haikou_workers(haikou: City) -> None:
    kinds = Counter(worker.kind for worker in haikou.workers.values())
    assert kinds[WorkerKind.GRID_WORKER] + kinds[WorkerKind.GRID_HEAD] == 1804
    assert kinds[WorkerKind.INSPECTOR] == 254
    owners = Counter(grid for worker in haikou.workers.values() for grid in worker.grids)
    shares = Counter(owners[grid] for grid in haikou.grids)
    assert shares[0] > 0, "some grids have nobody"
    assert shares[2] > 0, "some grids have two"
    assert sum(owners.values()) / 1804 == pytest.approx(2.49, abs=0.02)
    night = sum(worker.shift == "night" for worker in haikou.workers.values())
    assert 0.02 < night / len(haikou.workers) < 0.04
    for grid in haikou.grids.values():
        assert haikou.workers[grid.head].kind is WorkerKind.GRID_HEAD
        assert len(grid.teams) >= 2
        assert 300 <= grid.households <= 500


def test_loading_takes_no_geometry_library() -> None:
    program = (
        "import sys; from console.geo.city import load_city; from console.geo.cities import "
        "default_city; load_city(default_city()); "
        "print({'numpy', 'shapely', 'pandas', 'geopandas'} & set(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "set()"


def test_pack_hash_follows_every_file(pack: Path) -> None:
    before = load_city(pack).pack_hash
    (pack / ".hidden").write_text("x")
    assert load_city(pack).pack_hash == before
    with (pack / "grids.geojson").open("a") as file:
        file.write("\n")
    assert load_city(pack).pack_hash != before


def _problems(pack: Path) -> list[PackProblem]:
    with pytest.raises(PackError) as caught:
        load_city(pack)
    return caught.value.problems


def _replace(file: str, old: str, new: str, count: int = 1) -> Callable[[Path], None]:
    def edit(pack: Path) -> None:
        text = (pack / file).read_text("utf-8")
        assert old in text, f"{old!r} is not in {file}"
        (pack / file).write_text(text.replace(old, new, count), "utf-8")

    return edit


def _append(file: str, line: str) -> Callable[[Path], None]:
    def edit(pack: Path) -> None:
        with (pack / file).open("a", encoding="utf-8") as table:
            table.write(line + "\n")

    return edit


def _remove(file: str) -> Callable[[Path], None]:
    return lambda pack: (pack / file).unlink()


def _bytes(file: str, content: bytes) -> Callable[[Path], None]:
    def edit(pack: Path) -> None:
        (pack / file).write_bytes(content)

    return edit


_BREAKAGES: list[tuple[Callable[[Path], None], str, str, str, str]] = [
    (_remove("teams.csv"), "teams.csv", "", "", "missing"),
    (_remove("city.toml"), "city.toml", "", "", "missing"),
    (_bytes("city.toml", b"[city\n"), "city.toml", "", "", "TOML"),
    (_bytes("units.csv", "code,名称\n".encode("gbk")), "units.csv", "", "", "UTF-8"),
    (_bytes("places.csv", b"id,kind\n"), "places.csv", "", "lon", "column is missing"),
    (_bytes("places.csv", b""), "places.csv", "", "id", "column is missing"),
    (_bytes("places.csv", b"id,kind,name,name_en,lon,lat,synthetic\n"), "places.csv", "", "", "no row"),
    (_append("units.csv", "B.urban,,又,Again,bureau,,1,x"), "units.csv", "B.urban", "code", "twice"),
    (_append("units.csv", "B.x,,一,X,bureau,1,x"), "units.csv", "B.x", "", "7 cells"),
    (_append("units.csv", ",,一,X,bureau,,1,x"), "units.csv", "", "code", "empty"),
    (_append("units.csv", "B.x,B.none,一,X,bureau,,1,x"), "units.csv", "B.x", "parent", "B.none"),
    (_append("units.csv", "B.x,B.x,一,X,bureau,,1,x"), "units.csv", "B.x", "parent", "circle"),
    (_append("units.csv", "B.x,,一,X,army,,1,x"), "units.csv", "B.x", "kind", "bureau, utility"),
    (_append("units.csv", "B.x,,一,X,bureau,990101,1,x"), "units.csv", "B.x", "area", "only units"),
    (_append("units.csv", "B.x,,一,X,district,990101001,1,x"), "units.csv", "B.x", "area", "district"),
    (_append("units.csv", "B.x,,一,X,town,990101001,1,x"), "units.csv", "B.x", "area", "already"),
    (_append("areas.csv", "990103,district,,丁区,D,0"), "units.csv", "990103", "area", "no unit"),
    (_append("areas.csv", "7,town,,丁镇,D,0"), "areas.csv", "7", "parent", "empty"),
    (_append("areas.csv", "7,community,990101,丁村,D,0"), "areas.csv", "7", "parent", "level town"),
    (_append("areas.csv", "7,district,990101,丁区,D,0"), "areas.csv", "7", "parent", "no parent"),
    (_append("areas.csv", "7,town,990101,丁镇,,2"), "areas.csv", "7", "synthetic", "0 or 1"),
    (_replace("grids.csv", ",W0001,", ",W9999,"), "grids.csv", "990101001001001", "head", "W9999"),
    (_replace("grids.csv", ",T.990101001-1;", ",T.none;"), "grids.csv", "990101001001001", "teams", "T.none"),
    (_replace("grids.csv", ",990101001001,", ",990101001,"), "grids.csv", "990101001001001", "community", "not a community"),
    (_replace("grids.csv", ",990101001,", ",990102001,"), "grids.csv", "990101001001001", "town", "is in 990101001"),
    (_replace("grids.csv", ",990101,", ",990102,"), "grids.csv", "990101001001001", "district", "is in 990101"),
    (_append("grids.csv", "g,990101001001,990101001,990101,-4,W0001,,1"), "grids.csv", "g", "households", "whole number"),
    (_append("grids.csv", "g,990101001001,990101001,990101,٣,W0001,,1"), "grids.csv", "g", "households", "whole number"),
    (_append("duties.csv", "B.none,0101,1"), "duties.csv", "B.none", "unit", "units.csv"),
    (_append("duties.csv", "B.urban,9999,1"), "duties.csv", "B.urban", "subcategory", "9999"),
    (_append("duties.csv", "B.urban,0701,8"), "duties.csv", "B.urban", "subcategory", "twice"),
    (_append("teams.csv", "t,B.none,队,T,3,110.3,20.0,1"), "teams.csv", "t", "unit", "B.none"),
    (_append("teams.csv", "t,B.urban,队,T,0,110.3,20.0,1"), "teams.csv", "t", "size", "at least 1"),
    (_append("teams.csv", "t,B.urban,队,T,3,20.0,110.3,1"), "teams.csv", "t", "lon, lat", "swapped"),
    (_append("teams.csv", "t,B.urban,队,T,3,10.3,20.0,1"), "teams.csv", "t", "lon, lat", "300 km"),
    (_append("teams.csv", "t,B.urban,队,T,3,nan,20.0,1"), "teams.csv", "t", "lon", "not a number"),
    (_append("teams.csv", "t,B.urban,队,T,3,110.3,1e999,1"), "teams.csv", "t", "lat", "not a number"),
    (_replace("categories.csv", ",B.urban,", ",B.none,"), "categories.csv", "0404", "lead", "B.none"),
    (_replace("categories.csv", ",normal,0,", ",soon,0,"), "categories.csv", "0101", "urgency", "normal, urgent"),
    (_replace("categories.csv", ",4,work_hours,", ",0,work_hours,"), "categories.csv", "0101", "deadline", "at least 1"),
    (_replace("categories.csv", ",work_hours,4.2", ",work_hours,-1"), "categories.csv", "0101", "weight", "below 0"),
    (_append("workers.csv", "w,一,W,grid_worker,990101,990101001,g9,110.3,20.0,day"), "workers.csv", "w", "grids", "g9"),
    (_append("workers.csv", "w,一,W,grid_worker,990101,990101001,,110.3,20.0,dawn"), "workers.csv", "w", "shift", "dawn"),
    (_append("workers.csv", "w,一,W,grid_worker,990101,990101,,110.3,20.0,day"), "workers.csv", "w", "town", "not a town"),
    (_append("workers.csv", "w,一,W,grid_worker,990102,990101001,,110.3,20.0,day"), "workers.csv", "w", "district", "is in 990101"),
    (_append("workers.csv", 'w,"一\x00,W,grid_worker,990102,990101001,,110.3,20.0,day'), "workers.csv", "", "", "cells"),
    (_append("places.csv", "p,volcano,山,V,110.3,20.0,1"), "places.csv", "p", "kind", "ponding"),
    (_replace("city.toml", 'tz = "Asia/Shanghai"', 'tz = "Asia/Nowhere"'), "city.toml", "city", "tz", "Nowhere"),
    (_replace("city.toml", "production = false", 'production = "no"'), "city.toml", "city", "production", "bool"),
    (_replace("city.toml", "[110.3465, 20.0342]", "[20.0342, 110.3465]"), "city.toml", "city", "centre", "longitude"),
    (_replace("city.toml", "respond_min = 30", "respond_min = 0"), "city.toml", "policy", "respond_min", "above 0"),
    (_replace("city.toml", "respond_min = 30", "respond_mins = 30"), "city.toml", "policy", "respond_mins", "no such"),
    (_replace("city.toml", "amber_response = 0.5", "amber_response = 50"), "city.toml", "policy", "amber_response", "below 1"),
    (_replace("city.toml", '"incidents"]', '"weather"]'), "city.toml", "policy", "wall_scenes", "some of"),
    (_replace("city.toml", "[3, 6, 10]", "[3, 10, 6]"), "city.toml", "policy", "ladder_min", "rising"),
    (_replace("city.toml", '["08:30", "12:00"]', '["12:30", "12:00"]'), "city.toml", "calendar", "morning", "start"),
    (_replace("city.toml", '["08:30", "12:00"]', '["08:30", "noon"]'), "city.toml", "calendar", "morning", "noon"),
    (_replace("city.toml", "2025-03-31 = false", "2025-02-31 = false"), "city.toml", "calendar", "workdays", "2025-02-31"),
    (_replace("city.toml", 'start = "07:00"', 'start = "07:00+08:00"'), "city.toml", "shifts", "start", "form"),
    (_replace("city.toml", 'code = "evening"', 'code = "day"'), "city.toml", "shifts", "code", "twice"),
    (_replace("city.toml", "calls_per_day = 3282", "calls_per_day = nan"), "city.toml", "simulator", "calls_per_day", "numbers"),
    (_replace("city.toml", "weekday_hours = [0.01990,", "weekday_hours = [0.5,"), "city.toml", "simulator", "weekday_hours", "add up to 1"),
    (_replace("city.toml", "phone = 0.71", "phone = 0.9"), "city.toml", "simulator", "channels", "add up to 1"),
    (_replace("city.toml", '"0101" = "waste"', '"0101" = "wasted"'), "city.toml", "simulator.shape_of", "0101", "wasted"),
]  # fmt: skip


@pytest.mark.parametrize(("edit", "file", "feature", "field", "words"), _BREAKAGES)
def test_a_broken_pack_says_which_file_which_feature_what(
    pack: Path, edit: Callable[[Path], None], file: str, feature: str, field: str, words: str
) -> None:
    edit(pack)
    found = _problems(pack)
    assert any(
        (p.file, p.field) == (file, field)
        and (not feature or p.feature == feature)
        and words in p.en
        for p in found
    ), [p.text("en") for p in found]
    assert all(p.zh and p.en for p in found)


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    (problem,) = _problems(tmp_path / "nowhere")
    assert "no such folder" in problem.en


def test_several_faults_are_told_at_once(pack: Path) -> None:
    _append("units.csv", "B.x,B.none,一,X,bureau,,1,x")(pack)
    _append("teams.csv", "t,B.urban,队,T,3,20.0,110.3,1")(pack)
    _replace("city.toml", 'tz = "Asia/Shanghai"', 'tz = "Moon"')(pack)
    assert {p.file for p in _problems(pack)} == {"units.csv", "teams.csv", "city.toml"}


def test_many_faults_are_bounded_and_counted(pack: Path) -> None:
    for i in range(LIMIT + 12):
        _append("places.csv", f"p{i},volcano,山,V,110.3,20.0,1")(pack)
    with pytest.raises(PackError) as caught:
        load_city(pack)
    assert len(caught.value.problems) == LIMIT
    assert caught.value.more == 12
    assert caught.value.text("en").endswith("and 12 more")
    assert caught.value.text("zh").endswith("另有 12 处错误")


def test_a_problem_reads_as_a_sentence() -> None:
    problem = PackProblem("units.csv", "U.x", "parent", "不存在", "does not exist", 3)
    assert problem.text("en") == "units.csv, line 3, U.x, parent: does not exist"
    assert problem.text("zh") == "units.csv，第 3 行，U.x，parent：不存在"


def test_a_byte_order_mark_and_blank_lines_are_no_fault(pack: Path) -> None:
    text = (pack / "units.csv").read_text("utf-8")
    (pack / "units.csv").write_bytes(
        b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode() + b"\r\n"
    )
    assert "B.urban" in load_city(pack).units
