"""Why the central API cannot start, in words for people and a code for programs."""


class StartFailure(Exception):
    """The API cannot start: `problem` is a kebab-case code, `zh` and `en` say what to do."""

    def __init__(self, problem: str, zh: str, en: str) -> None:
        """Keep the code and the words."""
        super().__init__(en)
        self.problem = problem
        self.zh = zh
        self.en = en
