"""English names by pinyin, and the invented names of people."""

import re

import numpy as np
from pypinyin import Style, lazy_pinyin

_COUNTY_WORDS = (
    ("黎族苗族自治县", "Li and Miao Autonomous County"),
    ("黎族自治县", "Li Autonomous County"),
    ("区", "District"),
    ("县", "County"),
    ("市", "City"),
)
_COMMUNITY_TAIL = re.compile(
    r"(社区居民委员会|社区居委会|社区委员会|居民委员会|居委会|村民委员会|村委员会|村委会|村委员|社区)$"
)
_FARM_TAIL = re.compile(r"(农场|林场|热作场|热带作物场|居)?(虚拟)?生活区$")
_FARM_WORDS = {"农场": "Farm", "林场": "Forest Farm", "居": "Area"}
_SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡林郭何高罗郑梁谢宋唐许邓冯韩曹曾彭蔡潘符邢韦莫冼云蒙"
_GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉梅建国海燕晓春文志学兰小红雪宁永健鹏飞宇浩然欣怡子轩诗涵思远嘉琪雅婷振业锦程亚南椿榕波帆澜屿"


# Characters with two readings, and one that has only the reading usual in Haikou's place names.
_SOUNDS_LIKE = str.maketrans({"长": "常", "都": "嘟"})


def pinyin(text: str) -> str:
    """Chinese → pinyin without tones, one word with a capital; other characters stay."""
    plain = text.translate(_SOUNDS_LIKE)
    return "".join(lazy_pinyin(plain, style=Style.NORMAL)).capitalize()


def district_name_en(name: str) -> str:
    """秀英区 → Xiuying District."""
    for tail, word in _COUNTY_WORDS:
        if name.endswith(tail):
            return f"{pinyin(name.removesuffix(tail))} {word}"
    return pinyin(name)


def community_name_en(name: str) -> str:
    """秀华社区居民委员会 → Xiuhua Community; 向荣村委会 → Xiangrong Village.

    Also the farms: 冲坡岭农场生活区 → Chongpoling Farm.
    """
    farm = _FARM_TAIL.search(name)
    if farm:
        stem = name[: farm.start()].removeprefix("大坡镇")
        return f"{pinyin(stem)} {_FARM_WORDS.get(farm.group(1) or '', 'Tropical Crops Farm')}"
    found = _COMMUNITY_TAIL.search(name)
    stem = name[: found.start()] if found else name
    tail = found.group() if found else ""
    if tail.startswith("村") or stem.endswith("村"):
        return f"{pinyin(stem.removesuffix('村') or stem)} Village"
    return f"{pinyin(stem)} Community" if found else pinyin(stem)


def community_stem(name: str) -> str:
    """秀华社区居民委员会 → 秀华; 向荣村委会 → 向荣村."""
    found = _COMMUNITY_TAIL.search(name)
    if found is None:
        return name
    return name[: found.start()] + ("村" if found.group().startswith("村") else "")


def person(rng: np.random.Generator) -> tuple[str, str]:
    """An invented person: (王海燕, Wang Haiyan)."""
    surname = _SURNAMES[int(len(_SURNAMES) * rng.random() ** 1.7)]
    given = "".join(_GIVEN[i] for i in rng.integers(0, len(_GIVEN), 1 if rng.random() < 0.2 else 2))
    return surname + given, f"{pinyin(surname)} {pinyin(given)}"
