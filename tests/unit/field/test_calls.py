"""Calls are repeatable, complete and made up."""

import re
from collections import Counter
from datetime import date
from functools import cache

import pytest

from console.domain.case import Channel
from console.domain.category import Urgency
from console.domain.place import public_place
from console.field.calls import Call, calls_of_day
from tests.unit.field.model_city import model_city, point_in_grid

DAY = date(2026, 6, 3)


@cache
def calls(seed: int = 1, expected: int = 3282) -> list[Call]:
    return calls_of_day(model_city(), DAY, expected, seed, point_in_grid)


def test_the_same_seed_gives_the_same_day() -> None:
    again = calls_of_day(model_city(), DAY, 3282, 1, point_in_grid)
    assert again == calls()
    assert calls(2) != calls()


def test_they_are_sorted_and_numbered_within_the_local_day() -> None:
    moments = [call.at for call in calls()]
    assert moments == sorted(moments)
    assert {m.astimezone(model_city().tz).date() for m in moments} == {DAY}
    ids = [call.accept.case for call in calls()]
    assert len(set(ids)) == len(ids)
    assert ids == sorted(ids)


def test_days_of_two_volumes_share_no_case() -> None:
    other = {call.accept.case for call in calls(expected=800)}
    assert not other & {call.accept.case for call in calls()}


def test_a_third_becomes_a_case_and_few_of_them_are_urgent() -> None:
    cases = [c.accept for seed in range(3) for c in calls(seed) if not c.accept.answered]
    all_calls = sum(len(calls(seed)) for seed in range(3))
    assert len(cases) / all_calls == pytest.approx(0.34, abs=0.02)
    urgent = [c for c in cases if model_city().categories[c.category].urgency is Urgency.URGENT]
    assert 0.035 <= len(urgent) / len(cases) <= 0.075


def test_about_one_in_eighty_has_no_place() -> None:
    missing = sum(call.accept.position is None for seed in range(3) for call in calls(seed))
    assert missing / sum(len(calls(seed)) for seed in range(3)) == pytest.approx(0.012, abs=0.005)
    assert all(call.accept.private.address for call in calls())


def test_channels_have_their_shares() -> None:
    shares = Counter(call.accept.channel for call in calls())
    assert set(shares) == set(Channel)
    assert shares[Channel.PHONE] / len(calls()) == pytest.approx(0.71, abs=0.03)


def test_numbers_are_nobodys_and_addresses_lose_their_house_number_in_the_log() -> None:
    for call in calls()[:500]:
        private = call.accept.private
        assert re.fullmatch(r"1\d\d00000\d{3}", private.phone)
        assert 2 <= len(private.citizen) <= 3
        assert private.words
        assert "{" not in private.words
        assert not re.search(r"\d+号", public_place(private.address))
        assert public_place(private.address).startswith(("东区", "西区"))


def test_kin_share_a_name_and_mostly_hear_what_is_known() -> None:
    kin = [c.accept for seed in range(8) for c in calls(seed) if c.accept.kin]
    assert len(kin) > 100
    assert sum(c.answered for c in kin) / len(kin) > 0.6
    assert any(not c.answered for c in kin)
