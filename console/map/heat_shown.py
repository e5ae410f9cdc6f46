"""The heat as the map shows it: what was chosen, what can be, and the numbers with their base."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from console.domain.heat import AreaHeat, Heat, HeatBase, HeatPeriod


@dataclass(frozen=True, slots=True, kw_only=True)
class HeatShown:
    """`period` None shows none. `categories` are codes and names that can be chosen, most frequent first.

    `since` is the local time from which is counted ("16:12"); `synthetic` says that the base is made up.
    """

    period: HeatPeriod | None = None
    category: str = ""
    categories: tuple[tuple[str, str], ...] = ()
    base: HeatBase = HeatBase.HOUSEHOLDS
    synthetic: bool = False
    since: str = ""
    heat: Heat = field(default_factory=lambda: Heat(rate=None, total=0, nowhere=0))

    @property
    def grids(self) -> Mapping[str, AreaHeat]:
        """The grids by code; they travel apart from the rest."""
        return self.heat.grids

    def row(self) -> dict[str, object]:
        """All but the grids as the page reads it (js/heat.js)."""
        return {
            "period": self.period.value if self.period is not None else "",
            "category": self.category,
            "categories": self.categories,
            "towns": [(code, it.step, it.count) for code, it in self.heat.towns.items()],
            "base": self.base.value,
            "synthetic": self.synthetic,
            "since": self.since,
            "rate": self.heat.rate,
            "edges": self.heat.edges,
            "total": self.heat.total,
            "nowhere": self.heat.nowhere,
        }
