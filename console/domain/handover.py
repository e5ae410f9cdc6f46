"""The handover of a shift (交接班): one line per difference, each accepted or refused."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class LineKind(StrEnum):
    """What a line is about."""

    COLOUR = "colour"
    PROMISED = "promised"
    ASKED = "asked"
    SILENT = "silent"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One difference and what the incoming chief said of it; a refused one needs a `remark`.

    `case` is the case's id; `before` and `after` are the words of the difference in short codes
    (a level, a state), never a citizen's words.
    """

    kind: LineKind
    case: str
    before: str
    after: str
    accepted: bool
    remark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Handover:
    """A logged entity: the shift of `unit` (or `CITY`) from `since` to `made_at`, aware UTC domain times."""

    id: str
    version: int
    unit: str
    since: datetime
    made_at: datetime
    outgoing: str
    incoming: str
    lines: tuple[Line, ...]

    @property
    def open_lines(self) -> tuple[Line, ...]:
        """The refused ones: they stay with the outgoing chief until they are settled."""
        return tuple(line for line in self.lines if not line.accepted)
