"""What can go wrong at the start, told in both languages."""


class StartProblem(Exception):
    """The console cannot start; both texts say what is wrong and what to do."""

    def __init__(self, zh: str, en: str) -> None:
        """Keep both texts."""
        super().__init__(en)
        self.zh = zh
        self.en = en
