"""Writes the tables of docs/protocol.md from the code: operations, who may do them, problems.

`python -m tools.protocol_doc` writes them, with `--check` it only says whether they are as they should be.
"""

import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from console.central.openapi import OPERATIONS, Operation, refusals
from console.central.openapi.document import problems_of
from console.central.problems import CODES, words_of
from console.domain.role import OPERATIONS as COMMANDS
from console.domain.role import OTHERS, Role, who_may

PAGE = Path(__file__).resolve().parents[1] / "docs" / "protocol.md"

ANYWHERE = {"method": 405}
"""Problems of no operation of its own, and their status."""

_SOURCES = Path(refusals.__file__).parents[1]
_RAISED = re.compile(r'Problem\(\s*(\d{3}),\s*"([a-z-]+)"')

_BY_TYPE = "by its type"


def operations() -> Iterator[str]:
    """The table of operations."""
    yield "| operation | what it does | answers | problems | who |"
    yield "|---|---|---|---|---|"
    for operation in OPERATIONS:
        answers = ", ".join(str(status) for status in operation.answers)
        problems = ", ".join(str(status) for status in problems_of(operation))
        call = f"`{operation.method.upper()} {operation.path}`"
        yield f"| {call} | {operation.says} | {answers} | {problems} | {_who(operation)} |"


def _who(operation: Operation) -> str:
    if not operation.guarded:
        return "anybody"
    if operation.may is None:
        return "who came in"
    return _BY_TYPE if operation.may == "commands" else f"`{operation.may}`"


def rights() -> Iterator[str]:
    """The table of who may do what: a row an operation, a column a role."""
    roles = [role for role in Role if role is not Role.CENTRE]
    yield "| | " + " | ".join(role.value for role in roles) + " |"
    yield "|---|" + ":-:|" * len(roles)
    for name in (*COMMANDS, *OTHERS):
        marks = " | ".join("✓" if role in who_may(name) else "" for role in roles)
        yield f"| `{name}` | {marks} |"


def problems() -> Iterator[str]:
    """The table of problems."""
    yield "| problem | status | 中文 | English |"
    yield "|---|---|---|---|"
    known = statuses()
    for code in sorted(CODES):
        told = ", ".join(str(status) for status in sorted(known[code]))
        en, zh = words_of(code)
        yield f"| `{code}` | {told} | {zh} | {en} |"


def statuses() -> dict[str, set[int]]:
    """Problem code → the statuses with which it is told; empty for one that nothing describes."""
    found: dict[str, set[int]] = {code: set() for code in CODES}
    for operation in OPERATIONS:
        for status, codes in problems_of(operation).items():
            for code in codes:
                found.setdefault(code, set()).add(status)
    for code, status in ANYWHERE.items():
        found[code].add(status)
    for code in refusals.RULES:
        found[code].add(422)
    # Open311 tells its refusals in a form of its own: their status stands where they are raised.
    for path in (_SOURCES / "open311").glob("*.py"):
        for status, code in _RAISED.findall(path.read_text(encoding="utf-8")):
            found[code].add(int(status))
    return found


TABLES = {"operations": operations, "rights": rights, "problems": problems}
"""Name of a marker → what stands between it and its end."""


def written(page: str) -> str:
    """The page with its tables as they should be; raises `ValueError` where a marker is missing."""
    for name, lines in TABLES.items():
        begin, end = f"<!-- {name} -->", f"<!-- /{name} -->"
        before, found, rest = page.partition(begin)
        _, ended, after = rest.partition(end)
        if not (found and ended):
            raise ValueError(f"{PAGE.name}: the markers {begin} and {end} are needed")
        page = "\n".join((before + begin, "", *lines(), "", end + after))
    return page


def main(arguments: Sequence[str]) -> int:
    """0 when the page is, or now is, as it should be; 1 when `--check` finds it stale."""
    old = PAGE.read_text(encoding="utf-8")
    new = written(old)
    if old == new:
        return 0
    if "--check" in arguments:
        print(f"{PAGE.name} is stale: python -m tools.protocol_doc")
        return 1
    PAGE.write_text(new, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
