"""Baton (指挥棒): a command-center console for a city's 12345 hotline joined with its grid workers."""

__version__ = "0.1.0"
