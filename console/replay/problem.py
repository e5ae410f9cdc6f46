"""Why a recording cannot be used, in both languages."""


class RecordingProblem(Exception):
    """`code` names the problem; `zh` and `en` say what is wrong and what to do."""

    def __init__(self, code: str, zh: str, en: str) -> None:
        """Keep both languages."""
        super().__init__(en)
        self.code, self.zh, self.en = code, zh, en

    def text(self, lang: str = "zh") -> str:
        """The sentence in the language."""
        return self.zh if lang == "zh" else self.en


def truncated(name: str, what: str) -> RecordingProblem:
    """The file ends early; `what` is the part that is missing or short."""
    return RecordingProblem(
        "recording-truncated",
        f"{name} 不完整：缺少 {what}。请重新复制这个文件，或重新生成这一天。",
        f"{name} is not complete: {what} is missing. Copy the file again, or make the day anew.",
    )


def damaged(name: str, what: str, why: str) -> RecordingProblem:
    """The part `what` of the file is not as it was written; `why` in English."""
    return RecordingProblem(
        "recording-damaged",
        f"{name} 已损坏：{what}（{why}）。请重新复制这个文件，或重新生成这一天。",
        f"{name} is damaged: {what} ({why}). Copy the file again, or make the day anew.",
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
        f"{name} 属于城市 {its_city}，不是 {city}。请用那个城市的城市包打开，或换一天。",
        f"{name} belongs to the city {its_city}, not {city}. Open it with that city's pack, or take another day.",
    )


def foreign(name: str, why: str) -> RecordingProblem:
    """It is no recording at all; `why` in English."""
    return RecordingProblem(
        "not-a-recording",
        f"{name} 不是录制的一天（{why}）。请选择扩展名为 .batonday 的文件。",
        f"{name} is not a recorded day ({why}). Choose a file that ends in .batonday.",
    )


def empty(name: str, day: str) -> RecordingProblem:
    """Nothing was recorded on that day."""
    return RecordingProblem(
        "recording-empty",
        f"{name} 在 {day} 没有任何记录。请换一天。",
        f"{name} holds nothing of {day}. Take another day.",
    )
