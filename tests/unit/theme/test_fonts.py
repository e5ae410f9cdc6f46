from console.theme.fonts import FAMILIES, choose_family


def test_the_best_known_family_is_taken() -> None:
    assert choose_family(["DejaVu Sans", "SimSun", "Microsoft YaHei"]) == "Microsoft YaHei"


def test_without_a_chinese_family_there_is_none() -> None:
    assert choose_family(["DejaVu Sans", "Arial"]) is None


def test_the_platforms_own_families_are_known() -> None:
    assert {"Noto Sans CJK SC", "Microsoft YaHei", "PingFang SC"} <= set(FAMILIES)
