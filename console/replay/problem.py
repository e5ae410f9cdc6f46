"""Why a recording or a scenario cannot be used, in both languages."""

from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum

IMPOSSIBLE = (ArithmeticError, LookupError, TypeError, ValueError)
"""What playing a sealed file may raise: whoever made it may have put anything in."""


class What(Enum):
    """What a file should be: its name, what to do when it is broken, and its suffix."""

    DAY = (
        "录制的一天",
        "recorded day",
        "请重新复制这个文件，或重新生成这一天",
        "Copy the file again, or make the day anew",
        ".batonday",
    )
    SCENARIO = (
        "演练脚本",
        "scenario",
        "请重新复制这个文件，或请制作者重新保存",
        "Copy the file again, or ask whoever made it to save it again",
        ".batonscenario",
    )

    def __init__(self, zh: str, en: str, remedy_zh: str, remedy_en: str, suffix: str) -> None:
        """Keep the words."""
        self.zh, self.en = zh, en
        self.remedy_zh, self.remedy_en = remedy_zh, remedy_en
        self.suffix = suffix


class RecordingProblem(Exception):
    """`code` names the problem; `zh` and `en` say what is wrong and what to do."""

    def __init__(self, code: str, zh: str, en: str) -> None:
        """Keep both languages."""
        super().__init__(en)
        self.code, self.zh, self.en = code, zh, en

    def text(self, lang: str = "zh") -> str:
        """The sentence in the language."""
        return self.zh if lang == "zh" else self.en


def truncated(
    name: str, part: str, what: What = What.DAY, part_zh: str | None = None
) -> RecordingProblem:
    """The file ends early; `part` is what is missing or short, `part_zh` the same where it is no member's name."""
    return RecordingProblem(
        "recording-truncated",
        f"{name} 不完整：缺少 {part_zh or part}。{what.remedy_zh}。",
        f"{name} is not complete: {part} is missing. {what.remedy_en}.",
    )


def damaged(name: str, part: str, why: str, what: What = What.DAY) -> RecordingProblem:
    """The part of the file is not as it was written; `why` in English."""
    return RecordingProblem(
        "recording-damaged",
        f"{name} 已损坏：{part}（{why}）。{what.remedy_zh}。",
        f"{name} is damaged: {part} ({why}). {what.remedy_en}.",
    )


def newer(name: str, version: int, known: int) -> RecordingProblem:
    """A later program wrote it."""
    return RecordingProblem(
        "recording-newer",
        f"{name} 由更新的版本写成（格式 {version}，本程序 {known}）。请升级程序。",
        f"{name} was written by a newer version (format {version}, this program {known}). Update the program.",
    )


def other_city(name: str, its_city: str, city: str) -> RecordingProblem:
    """It was recorded with another city pack."""
    return RecordingProblem(
        "recording-other-city",
        f"{name} 属于城市 {its_city}，不是 {city}。请用那个城市的城市包打开，或换一个。",
        f"{name} belongs to the city {its_city}, not {city}. Open it with that city's pack, or take another one.",
    )


def foreign(name: str, why: str, what: What = What.DAY) -> RecordingProblem:
    """It is none at all; `why` in English."""
    return RecordingProblem(
        f"not-a-{'recording' if what is What.DAY else 'scenario'}",
        f"{name} 不是{what.zh}（{why}）。请选择扩展名为 {what.suffix} 的文件。",
        f"{name} is not a {what.en} ({why}). Choose a file that ends in {what.suffix}.",
    )


def empty(name: str, when: str) -> RecordingProblem:
    """Nothing was recorded then: a day, or a stretch of one."""
    return RecordingProblem(
        "recording-empty",
        f"{name} 在 {when} 没有任何记录。请换一天或换一段时间。",
        f"{name} holds nothing of {when}. Take another day or another stretch of time.",
    )


@contextmanager
def believing(name: str, part: str) -> Iterator[None]:
    """What turns out to be impossible while `part` of the file is believed becomes a `RecordingProblem`."""
    try:
        yield
    except IMPOSSIBLE as error:
        raise damaged(name, part, str(error)[:200] or type(error).__name__) from error
