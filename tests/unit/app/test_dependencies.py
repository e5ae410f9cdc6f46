"""What the program imports is installed with it, and not only with its tests."""

import ast
import re
import sys
from importlib.metadata import packages_distributions
from itertools import chain
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]


def imported() -> set[str]:
    """Third-party modules that main.py and the package name, anywhere in their code."""
    found: set[str] = set()
    for file in chain([ROOT / "main.py"], (ROOT / "console").rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                found |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
                found.add(node.module.partition(".")[0])
    return found - set(sys.stdlib_module_names) - {"console"}


def test_every_import_is_among_the_programs_own_requirements() -> None:
    locked = set(
        re.findall(r"(?m)^([a-z0-9-]+)==", (ROOT / "requirements.txt").read_text().lower())
    )
    of_module = packages_distributions()
    missing = {
        module
        for module in imported()
        if not {re.sub(r"[-_.]+", "-", name.lower()) for name in of_module[module]} & locked
    }
    assert missing == set()
