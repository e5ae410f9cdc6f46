"""The charts of the duty screen: the scope's own hours, exported as picture and as data."""

import csv
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtGui import QAction, QImage
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from console.wire.frames import DayVolumes
from tests.qt.views.duty_stage import Duty, MakeDuty

TODAY = date(2026, 3, 17)


@pytest.fixture
def one(duty: MakeDuty, qtbot: QtBot) -> Duty:
    made = duty(cases=40)
    made.link.days = [
        DayVolumes(day=(TODAY - timedelta(days=back)).isoformat(), calls=[10 + back % 7] * 24)
        for back in range(1, 800)
    ]
    first = next(iter(made.picture.cases.values()))
    made.picture.cases[first.id] = replace(first, district="460106")
    made.show(qtbot)
    charts = made.screen.charts.panel.charts
    assert charts is not None
    qtbot.waitUntil(lambda: len(charts.days.rows()) > 700)
    return made


def export(one: Duty, name: str, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    action = one.screen.findChild(QAction, name)
    assert isinstance(action, QAction)
    action.trigger()


def read(path: Path) -> list[list[str]]:
    return list(csv.reader(path.read_text("utf-8-sig").splitlines()))


def test_the_days_go_back_over_the_years_and_come_out_as_data(
    one: Duty, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "days.csv"
    export(one, "export-days-csv", path, monkeypatch)
    head, *rows = read(path)
    assert head == ["日期", "来电", "七日均值"]
    assert rows[0][0] == (TODAY - timedelta(days=799)).isoformat()
    assert rows[-1][0] == TODAY.isoformat()
    assert float(rows[-2][1]) == (10 + 1 % 7) * 24


def test_the_hours_come_out_with_the_normal_range(
    one: Duty, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "hours.csv"
    export(one, "export-hours-csv", path, monkeypatch)
    _, *rows = read(path)
    assert len(rows) == 24
    assert rows[3][1] == "7"
    assert float(rows[3][2]) <= float(rows[3][3]) <= float(rows[3][4])


def test_a_district_shows_its_own_cases_without_the_citys_range(
    one: Duty, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one.screen.office.look_at("D.460106")
    path = tmp_path / "hours.csv"
    export(one, "export-hours-csv", path, monkeypatch)
    _, *rows = read(path)
    tz = one.stage.city.tz
    expected = [0] * 24
    for case in one.picture.cases.values():
        local = case.received_at.astimezone(tz)
        if case.district == "460106" and local.date() == TODAY:
            expected[local.hour] += 1
    assert [int(row[1]) for row in rows] == expected
    assert sum(expected) > 0
    assert {row[2] for row in rows} == {""}
    charts = one.screen.charts.panel.charts
    assert charts is not None
    assert "龙华" in charts.hours._title.text()
    assert charts.days._title.text() == one.stage.texts("duty.days_city")


def test_a_chart_comes_out_as_a_picture(
    one: Duty, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "days.png"
    export(one, "export-days-png", path, monkeypatch)
    assert QImage(str(path)).width() > 400


def test_what_cannot_be_written_is_said(
    one: Duty, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    export(one, "export-days-csv", tmp_path / "no" / "days.csv", monkeypatch)
    charts = one.screen.charts.panel.charts
    assert charts is not None
    assert "days.csv" in charts.days.reading()
