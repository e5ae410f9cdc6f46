import ast
import re
import string
from enum import StrEnum
from pathlib import Path

import pytest

from console.domain.assignment import AssignmentRole, AssignmentState
from console.domain.case import CaseState, Channel
from console.domain.category import Urgency
from console.domain.clock import Level
from console.domain.gesture import Verb
from console.domain.role import OPERATIONS, Role
from console.domain.unit import UnitKind
from console.domain.worker import WorkerKind
from console.i18n import LANGUAGES, Texts
from console.i18n.texts import catalogue
from console.paths import ROOT
from console.tables.queue_order import QueueOrder, QueueTab
from console.wire.messages import Tick

CASE_WORDS = {"case", "cases", "Case", "Cases"}
SOURCES = list((ROOT / "console").rglob("*.py"))


def placeholders(words: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(words) if name is not None}


def test_both_languages_have_the_same_keys() -> None:
    assert catalogue("zh").keys() == catalogue("en").keys()


def test_both_languages_have_the_same_placeholders() -> None:
    zh, en = catalogue("zh"), catalogue("en")
    wrong = {
        key: (zh[key], en[key])
        for key in zh
        if placeholders(zh[key]) - CASE_WORDS != placeholders(en[key]) - CASE_WORDS
    }
    assert not wrong


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_words_are_empty_or_padded(lang: str) -> None:
    words = catalogue(lang)
    wrong = {key for key, value in words.items() if not value.strip()}
    assert not wrong
    assert {k for k, v in words.items() if v != v.strip()} <= {"list.comma", "list.dot"}


def literals(pattern: str) -> set[str]:
    found: set[str] = set()
    for path in SOURCES:
        found |= set(re.findall(pattern, path.read_text(encoding="utf-8")))
    return found


def test_every_key_that_the_program_asks_for_exists() -> None:
    asked = literals(r'texts\(\s*"([a-z_]+\.[a-z_.\-0-9]+)"') | literals(
        r'\.say\(\s*"([a-z_]+\.[a-z_.]+)"'
    )
    assert len(asked) > 50
    assert sorted(asked - catalogue("zh").keys()) == []


def refusals() -> set[str]:
    """Codes that a rule or a gesture refuses with."""
    codes: set[str] = set()
    for path in (ROOT / "console" / "domain").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            name = getattr(node.func, "id", "")
            first = node.args[0] if node.args else None
            if name == "Refused" and isinstance(first, ast.Constant):
                codes.add(str(first.value))
            for keyword in node.keywords:
                value = keyword.value
                if keyword.arg == "refusal":
                    codes |= {str(c.value) for c in ast.walk(value) if is_code(c)}
    return codes


def is_code(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str) and "-" in node.value


def test_every_refusal_has_words() -> None:
    codes = refusals()
    assert "hazard" in codes
    assert "off-duty" in codes
    assert not {f"problem.{code}" for code in codes} - catalogue("zh").keys()


def test_every_event_of_the_rules_has_words() -> None:
    kinds: set[str] = set()
    for path in (ROOT / "console" / "domain" / "rules").glob("*.py"):
        source = path.read_text(encoding="utf-8")
        kinds |= {f"case.{k}" for k in re.findall(r'case_fact\(\s*"(\w+)"', source)}
        kinds |= {f"assignment.{k}" for k in re.findall(r'assignment_fact\(\s*"(\w+)"', source)}
        kinds |= set(re.findall(r'type="(\w+\.\w+)"', source))
        kinds |= {f"case.{k}" for k in re.findall(r'_rework\("(\w+)"', source)}
        kinds |= {f"case.{k}" for k in re.findall(r'_watched\("(\w+)"', source)}
        kinds |= {f"incident.{k}" for k in re.findall(r' _fact\("(\w+)"', source)}
    assert len(kinds) > 20
    assert not {f"event.{kind}" for kind in kinds} - catalogue("zh").keys()


@pytest.mark.parametrize(
    ("prefix", "kind"),
    [
        ("state", CaseState),
        ("channel", Channel),
        ("role", Role),
        ("assignment", AssignmentState),
        ("assignment_role", AssignmentRole),
        ("urgency", Urgency),
        ("tick", Tick),
        ("verb", Verb),
        ("worker", WorkerKind),
        ("unit", UnitKind),
        ("queue", QueueTab),
    ],
)
def test_every_word_of_the_domain_has_words(prefix: str, kind: type[StrEnum]) -> None:
    assert not {f"{prefix}.{member.value}" for member in kind} - catalogue("zh").keys()


def test_operations_levels_orders_and_empty_tabs_have_words() -> None:
    wanted = {f"operation.{name}" for name in OPERATIONS}
    wanted |= {f"level.{level.name.lower()}" for level in Level}
    wanted |= {f"queue.sort_{order.value}" for order in QueueOrder}
    wanted |= {f"queue.empty_{tab.value}" for tab in QueueTab}
    assert not wanted - catalogue("zh").keys()


def test_values_and_the_citys_word_for_a_case_are_put_in() -> None:
    assert Texts("zh", "工单")("queue.empty_waiting") == "没有待派工单"
    assert Texts("en", "ticket")("case.none") == "No ticket selected"
    assert Texts("en", "ticket")("queue.empty_all") == "No open tickets"
    assert Texts("zh")("queue.pending_new", n=3) == "3 新"


def test_words_of_others_are_never_templates() -> None:
    texts = Texts("zh", strict=True)
    assert texts("status.undone", target="{case} {0} %s") == "已撤销：{case} {0} %s"


def test_a_missing_key_is_shown_in_production_and_raised_in_tests() -> None:
    assert Texts("zh")("no.such") == "no.such"
    with pytest.raises(KeyError):
        Texts("zh", strict=True)("no.such")


def test_a_missing_value_does_not_take_the_screen_down() -> None:
    assert Texts("zh")("queue.pending_new") == "{n} 新"
    with pytest.raises(KeyError):
        Texts("zh", strict=True)("queue.pending_new")


def test_pick_takes_the_language_or_what_there_is() -> None:
    assert Texts("zh").pick("水", "water") == "水"
    assert Texts("en").pick("水", "water") == "water"
    assert Texts("en").pick("水", "") == "水"


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(ValueError, match="no language 'fr'"):
        Texts("fr")


def test_a_catalogue_is_all_files_of_its_folder(tmp_path: Path) -> None:
    (tmp_path / "zh").mkdir()
    (tmp_path / "zh" / "one.toml").write_text('[a.b]\nc = "词"\n', encoding="utf-8")
    (tmp_path / "zh" / "two.toml").write_text('[a]\nd = "句"\n', encoding="utf-8")
    assert catalogue("zh", tmp_path) == {"a.b.c": "词", "a.d": "句"}


def test_a_key_in_two_files_is_refused(tmp_path: Path) -> None:
    (tmp_path / "zh").mkdir()
    for name in ("one", "two"):
        (tmp_path / "zh" / f"{name}.toml").write_text('[a]\nb = "词"\n', encoding="utf-8")
    with pytest.raises(ValueError, match="stand in another"):
        catalogue("zh", tmp_path)
