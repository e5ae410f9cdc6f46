import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.views.wall.public import LONGEST, public_name


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("海甸五西路88号积水", "海甸五西路 积水"),
        ("海甸五西路８８号３栋402室 积水", "海甸五西路 积水"),
        ("王府小区十二栋 停电", "王府小区 停电"),
        ("白龙南路 15-2号 爆管", "白龙南路 爆管"),
        ("联系 138 1234 5678", "联系"),
        ("联系+86-138-1234-5678 或 0898 6651 2345", "联系 或"),
        ("No. 12 Haixiu Road", "Haixiu Road"),
        ("Flood at 12A Haixiu Road", "Flood at Haixiu Road"),
        ("2026年第5号台风“杜苏芮”", "2026年第5号台风“杜苏芮”"),
        ("龙昆沟3号泵站", "龙昆沟3号泵站"),
        ("海甸岛积水", "海甸岛积水"),
        ("一\x00行\n两\u202e行", "一 行 两 行"),
        ("", ""),
    ],
)
def test_house_and_telephone_numbers_go_and_other_names_stay(typed: str, shown: str) -> None:
    assert public_name(typed) == shown


@given(st.text() | st.from_regex(r"(\d{1,9}[号栋室 -]?.?){1,6}"))
def test_whatever_is_typed_no_long_number_and_no_control_character_is_left(typed: str) -> None:
    shown = public_name(typed)
    assert len(shown) <= LONGEST
    assert not re.search(r"\d{5}", shown)
    assert not re.search(r"\d[栋室幢户]", shown)
    assert all(unicodedata.category(c)[0] != "C" for c in shown)
