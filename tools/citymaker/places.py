"""Invents the vulnerable and useful places of the city."""

from tools.citymaker.areas import MadeAreas
from tools.citymaker.names import community_stem, pinyin
from tools.citymaker.receivers import Row, short, short_en
from tools.citymaker.sources import Sources
from tools.citymaker.spots import Spots

# kind → (named after its town or its community, Chinese tail, English tail)
_WORDS = {
    "ponding": ("community", "路口积水点", "Crossing (floods)"),
    "exam_site": ("town", "中学高考考点", "Middle School (exam site)"),
    "school": ("community", "小学", "Primary School"),
    "hospital": ("town", "医院", "Hospital"),
    "care_home": ("community", "养老院", "Care Home"),
    "shelter": ("community", "应急避难场所", "Emergency Shelter"),
    "pump": ("community", "排涝泵站", "Pumping Station"),
}


def make_places(sources: Sources, areas: MadeAreas, spots: Spots) -> list[Row]:
    """The recipe's number of each kind, in communities or towns with many grids first."""
    grids: dict[str, float] = {}
    for grid in areas.grids:
        for code in (grid.code[:9], grid.code[:-3]):
            grids[code] = grids.get(code, 0) + 1
    town_names = {town.code: (short(town.name), short_en(town.name_en)) for town in areas.towns}
    names = town_names | {c.code: _community_names(c.name) for c in areas.communities}
    rows: list[Row] = []
    for kind, count in sources.recipe["places"].items():
        level, tail, tail_en = _WORDS[kind]
        codes = [a.code for a in (areas.towns if level == "town" else areas.communities)]
        for number, code in enumerate(
            spots.pick({code: grids[code] for code in codes}, count), start=1
        ):
            lon, lat = spots.inside(code)
            rows.append(
                {
                    "id": f"{kind}-{number:02d}",
                    "kind": kind,
                    "name": f"{names[code][0]}{tail}",
                    "name_en": f"{names[code][1]} {tail_en}",
                    "lon": lon,
                    "lat": lat,
                    "synthetic": 1,
                }
            )
    return rows


def _community_names(name: str) -> tuple[str, str]:
    stem = community_stem(name)
    return stem, pinyin(stem.removesuffix("村") or stem)
