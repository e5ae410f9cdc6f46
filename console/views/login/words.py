"""Why somebody may not come in, in plain words that say what to do."""

from console.i18n import Texts
from console.live.door import NotIn


def not_in_words(error: Exception, texts: Texts) -> str:
    """The words for what a door raised."""
    if not isinstance(error, NotIn):
        return texts("session.failed", reason=str(error))
    if error.wait_s > 0:
        return texts("session.slow_down")
    for key in (f"session.not_in.{error.code}", f"problem.{error.code}"):
        if texts.has(key):
            return texts(key)
    return texts("session.failed", reason=error.detail or error.code)
