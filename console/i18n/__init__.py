"""The console's words in Chinese and English."""

from console.i18n.texts import LANGUAGES, Texts

__all__ = ["LANGUAGES", "Texts"]
