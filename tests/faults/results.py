"""The results file: one JSON line a run, appended, so that counts add up over many runs."""

import json
import subprocess
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from functools import cache
from pathlib import Path

from tests.faults.plan import Fault

DEFAULT = Path("faults-results.jsonl")


@dataclass(frozen=True, slots=True)
class Result:
    """One run of a fault, or of one of its controls: for a control `good` means that it was caught."""

    fault: str
    index: int
    seed: int
    good: bool
    seconds: float
    commit: str
    at: str
    control: str = ""
    lies: list[str] = field(default_factory=list)
    figures: dict[str, float] = field(default_factory=dict)
    folder: str = ""


class Results:
    """What has been run so far."""

    def __init__(self, file: Path) -> None:
        """Read what is there; a last line cut by a kill is passed over, it is run again."""
        self.file = file
        self.known: list[Result] = []
        if file.exists():
            for line in file.read_text(encoding="utf-8").splitlines():
                try:
                    self.known.append(Result(**json.loads(line)))
                except (json.JSONDecodeError, TypeError):
                    continue

    def add(self, result: Result) -> None:
        """Append one; it is in the file when this returns."""
        self.known.append(result)
        whole = not self.file.exists() or self.file.read_bytes()[-1:] in (b"", b"\n")
        with self.file.open("a", encoding="utf-8") as out:
            out.write(("" if whole else "\n") + json.dumps(asdict(result)) + "\n")

    def of(self, fault: str) -> list[Result]:
        """The runs of a fault, its controls not among them."""
        return [r for r in self.known if r.fault == fault and not r.control]

    def indices(self, fault: str) -> set[int]:
        """Which runs are done."""
        return {r.index for r in self.of(fault)}

    def caught(self, fault: str, commit: str | None = None) -> dict[str, bool]:
        """Control → whether its last try was caught (with this commit's code, if one is given)."""
        return {
            r.control: r.good
            for r in self.known
            if r.fault == fault and r.control and commit in (None, r.commit)
        }

    def table(self, faults: Iterable[Fault]) -> str:
        """The summary as a markdown table."""
        lines = [
            "| fault | done / wanted | failed | controls caught | measured |",
            "|---|---|---|---|---|",
        ]
        for fault in faults:
            runs = self.of(fault.name)
            failed = [r for r in runs if not r.good]
            caught = self.caught(fault.name)
            lines.append(
                f"| {fault.name} | {len(runs)} / {fault.wanted} | {len(failed)} "
                f"| {sum(caught.values())} / {len(fault.controls)} | {_measured(runs)} |"
            )
        return "\n".join(lines)


def _measured(runs: list[Result]) -> str:
    """Sums, and of seconds the longest."""
    found: dict[str, float] = defaultdict(float)
    for run in runs:
        for name, value in run.figures.items():
            longest = name.endswith("_s")
            found[name] = max(found[name], value) if longest else found[name] + value
    texts = [
        f"{name[:-2].replace('_', ' ')} ≤ {value:.1f} s"
        if name.endswith("_s")
        else f"{value:,.0f} {name.replace('_', ' ')}"
        for name, value in sorted(found.items())
    ]
    if runs:
        texts.append(f"{sum(r.seconds for r in runs) / len(runs):.2f} s a run")
    return ", ".join(texts)


@cache
def commit() -> str:
    """The code's commit, with a `+` where the files differ from it."""
    try:
        name = _git("rev-parse", "--short", "HEAD").strip()
        return name + ("+" if _git("status", "--porcelain", "console").strip() else "")
    except (OSError, subprocess.CalledProcessError):
        return "unknown"


def _git(*words: str) -> str:
    root = Path(__file__).parent
    return subprocess.run(
        ["git", *words], cwd=root, check=True, capture_output=True, text=True
    ).stdout
