"""What is wrong with a city pack: which file, which feature, which field, in two languages."""

from dataclasses import dataclass

LIMIT = 50
"""Problems that are listed one by one; the rest are counted."""


@dataclass(frozen=True, slots=True)
class PackProblem:
    """One fault. `feature` is a code or key, "" where the whole file is meant; `line` from 1."""

    file: str
    feature: str
    field: str
    zh: str
    en: str
    line: int | None = None

    def text(self, lang: str = "zh") -> str:
        """One sentence with the place in front: "units.csv, line 3, U.power, parent: …"."""
        chinese = lang == "zh"
        line = "" if self.line is None else f"第 {self.line} 行" if chinese else f"line {self.line}"
        place = [part for part in (self.file, line, self.feature, self.field) if part]
        if chinese:
            return f"{'，'.join(place)}：{self.zh}"
        return f"{', '.join(place)}: {self.en}"


class PackError(Exception):
    """The pack cannot be used; `problems` names every fault, up to `LIMIT`, `more` counts the rest."""

    def __init__(self, problems: list[PackProblem], more: int = 0) -> None:
        super().__init__("\n".join(problem.text("en") for problem in problems))
        self.problems = problems
        self.more = more

    def text(self, lang: str = "zh") -> str:
        """All problems, one a line."""
        lines = [problem.text(lang) for problem in self.problems]
        if self.more:
            lines.append(f"另有 {self.more} 处错误" if lang == "zh" else f"and {self.more} more")
        return "\n".join(lines)


class Problems:
    """Collects faults while a pack is read, so that one reading finds them all."""

    def __init__(self) -> None:
        self._found: list[PackProblem] = []
        self._more = 0

    def __bool__(self) -> bool:
        return bool(self._found)

    @property
    def found(self) -> tuple[PackProblem, ...]:
        """The faults noted one by one."""
        return tuple(self._found)

    def add(
        self, file: str, feature: str, field: str, zh: str, en: str, line: int | None = None
    ) -> None:
        """Note one fault; beyond `LIMIT` it is only counted."""
        if len(self._found) < LIMIT:
            self._found.append(PackProblem(file, feature, field, zh, en, line))
        else:
            self._more += 1

    def raise_any(self) -> None:
        """Raise PackError if any fault was noted."""
        if self._found:
            raise PackError(self._found, self._more)
