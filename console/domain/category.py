"""Event classes in the manner of GB/T 30428.2: category > subcategory, with urgency, hazard and deadline."""

from dataclasses import dataclass
from enum import StrEnum


class Urgency(StrEnum):
    """How fast a case must be answered."""

    NORMAL = "normal"
    URGENT = "urgent"


class DeadlineUnit(StrEnum):
    """What a handling deadline counts; work time knows weekends, holidays and make-up days."""

    URGENT_HOURS = "urgent_hours"
    WORK_HOURS = "work_hours"
    WORK_DAYS = "work_days"
    NATURAL_DAYS = "natural_days"


@dataclass(frozen=True, slots=True, kw_only=True)
class Subcategory:
    """One 小类: what a case is about.

    `lead` is the unit proposed first; `hazard` means a grid worker may only look and keep people
    away; `sensitive` means a wall shows district and minutes only; `check` whether someone looks
    that the work is done; `weight` is its share among the simulator's calls.
    """

    code: str
    category: str
    name: str
    name_en: str
    category_name: str
    category_name_en: str
    urgency: Urgency
    hazard: bool
    sensitive: bool
    check: bool
    lead: str
    deadline: int
    deadline_unit: DeadlineUnit
    weight: float
