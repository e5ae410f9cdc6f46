"""Public holidays of mainland China, as far as they are published."""

from datetime import date


def is_workday(day: date) -> bool | None:
    """Whether people work that day; None for a year whose holidays are not known."""
    import chinese_calendar  # here: its tables are read only when a deadline is counted

    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        return None
