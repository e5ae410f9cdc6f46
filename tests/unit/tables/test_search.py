import subprocess
import sys

import pytest

from console.tables.search import haystack, matches, normalise

WORDS = haystack("海秀中路", "Burst water main", "W0001")


@pytest.mark.parametrize(
    "query", ["海秀", "haixiu", "hxzl", "HXZ", "water", " burst  MAIN ", "w0001", "海秀 water"]
)
def test_names_are_found_in_chinese_pinyin_initials_and_english(query: str) -> None:
    assert matches(WORDS, normalise(query))


@pytest.mark.parametrize("query", ["龙昆", "hxbl", "fire", "海秀 fire"])
def test_what_is_not_there_is_not_found(query: str) -> None:
    assert not matches(WORDS, normalise(query))


def test_initials_do_not_run_over_from_name_to_name() -> None:
    assert not matches(haystack("海秀", "中路"), "hxzl")


def test_an_empty_query_finds_everything() -> None:
    assert matches(WORDS, normalise("   "))


def test_the_dictionary_is_not_loaded_before_a_search() -> None:
    program = "import sys, console.tables.units, console.tables.case_queue;"
    program += "sys.exit('pypinyin' in sys.modules or 'pyqtgraph' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
