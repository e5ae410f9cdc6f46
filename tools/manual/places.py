"""Calls at places of the city, always the same ones."""

import math
import random

from console.domain.case import Channel
from console.domain.category import Urgency
from console.domain.command import Accept, Private
from console.domain.place import Position
from console.field.chance import Chance
from console.field.words import told
from tools.manual.centre import SEED, Centre

HERO = Position(110.3346, 20.0271)
"""Where the case that the manual tells of lies."""
LINKED = Position(110.3266, 20.0197)
"""Where the incident is."""
_KM_PER_DEGREE = 111.2
_CHANNELS = (Channel.PHONE, Channel.PHONE, Channel.WECHAT, Channel.APP)


def around(at: Position, number: int, km: float) -> Position:
    """A place up to `km` away; the same number gives the same place."""
    dice = random.Random(number)
    far, turn = km * math.sqrt(dice.random()), dice.uniform(0, math.tau)
    lon = far * math.cos(turn) / (_KM_PER_DEGREE * math.cos(math.radians(at.lat)))
    return Position(
        round(at.lon + lon, 6), round(at.lat + far * math.sin(turn) / _KM_PER_DEGREE, 6)
    )


def taken_in(
    centre: Centre,
    case: str,
    category: str,
    at: Position | None,
    *,
    urgent: bool = False,
    kin: str | None = None,
) -> Accept:
    """A registered call about a subcategory; nobody in it is real."""
    chance = Chance(SEED)
    channel = chance.pick(_CHANNELS, case, "channel")
    return Accept(
        case=case,
        channel=channel,
        category=category,
        urgency=Urgency.URGENT if urgent else None,
        position=at,
        register=True,
        kin=kin,
        has_photo=channel is Channel.WECHAT,
        private=Private(
            citizen="符女士",
            phone="13800000000",
            words=told(centre.city.categories[category], "小区门口", chance, case),
        ),
    )
