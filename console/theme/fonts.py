"""Which font the console writes in: a Chinese family that the system has, figures all of one width."""

from collections.abc import Iterable

from PySide6.QtGui import QFont, QFontDatabase

from console.theme.tokens import FONT_MAIN

FAMILIES = (
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "Microsoft YaHei UI",
    "Microsoft YaHei",
    "PingFang SC",
    "HarmonyOS Sans SC",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
    "Noto Serif CJK SC",
    "SimHei",
    "SimSun",
)
"""Families with simplified Chinese, best first."""


def choose_family(available: Iterable[str]) -> str | None:
    """The best family with simplified Chinese among those available, None when there is none."""
    known = set(available)
    return next((family for family in FAMILIES if family in known), None)


def chinese_family() -> str | None:
    """The family the console writes in; None means that Chinese text cannot be shown."""
    return choose_family(QFontDatabase.families())


def ui_font(pixels: int = FONT_MAIN, *, bold: bool = False, figures: bool = False) -> QFont:
    """A font of the console, `pixels` high; `figures` makes all digits equally wide."""
    font = QFont()
    family = chinese_family()
    if family is not None:
        font.setFamilies([family])
    font.setPixelSize(pixels)
    if bold:
        font.setWeight(QFont.Weight.DemiBold)
    if figures:
        font.setFeature(QFont.Tag("tnum"), 1)
    return font
