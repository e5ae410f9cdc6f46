"""Live counts equal the picture's; imports never touch what was counted."""

from datetime import date

import pytest

from console.central import volumes
from console.central.centre import Centre
from console.domain.command import Dispatch
from console.domain.role import Role
from console.wire.frames import DayVolumes
from tests.builders import TOWN, at
from tests.unit.central.desk import Wall, accept, do, followed

TODAY = "2026-06-03"


def test_the_table_counts_what_the_picture_counts(centre: Centre, wall: Wall) -> None:
    for number in range(6):
        wall.turn(minutes=25)
        do(centre, accept(f"C{number}", answered=number % 3 == 0, register=number % 3 != 0))
        do(centre, Dispatch(case=f"C{number}", assignment=f"A{number}", unit=TOWN))
    with centre.database.reading() as connection:
        counted = volumes.live_day(connection, TODAY)
    assert counted == followed(centre).day
    assert (sum(counted.calls), sum(counted.answered), sum(counted.cases)) == (6, 2, 4)


def test_a_late_report_counts_on_its_own_day(centre: Centre) -> None:
    do(centre, accept("C1"), Role.FIELD, occurred_at=at(-12 * 60))
    with centre.database.reading() as connection:
        days = volumes.between(connection, date(2026, 6, 1), date(2026, 6, 3)).days
    assert [(day.day, sum(day.calls)) for day in days] == [("2026-06-02", 1)]
    assert sum(centre.mirror.fork().day.calls) == 0


def history(day: str) -> DayVolumes:
    return DayVolumes(day=day, calls=[3] * 24, answered=[2] * 24, cases=[1] * 24)


def test_imports_replace_imports_and_keep_away_from_live_days(centre: Centre) -> None:
    do(centre, accept("C1"))
    with centre.database.writing() as connection:
        days = [history("2026-06-01"), history(TODAY), history("2026-06-01")]
        found = volumes.import_days(connection, days, TODAY)
        assert (found.imported, found.kept) == (1, [TODAY])
        volumes.import_days(connection, [history("2026-06-01")], TODAY)
        volumes.forget_imported(connection, "2026-06-01")
        assert volumes.between(connection, date(2026, 6, 1), date(2026, 6, 2)).days == []
        assert volumes.live_day(connection, TODAY) == centre.mirror.fork().day


@pytest.mark.parametrize("day", ["2026-6-1", "", "yesterday", "2026-02-30"])
def test_a_day_is_a_date(day: str) -> None:
    assert volumes.problem_of(history(day))


def test_sound_history_has_no_problem() -> None:
    assert volumes.problem_of(history("2024-02-29")) is None
