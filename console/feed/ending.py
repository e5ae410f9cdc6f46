"""Ends a program of the feed with a signal, or with the program that started it."""

import logging
import os
import signal
import sys
import threading


def end_with(stop: threading.Event, *, until_eof: bool) -> None:
    """Stop on SIGTERM and SIGINT, and with standard input where asked."""
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    if until_eof:
        threading.Thread(target=_watch, args=(stop,), name="stdin", daemon=True).start()


def _watch(stop: threading.Event) -> None:
    """Wait for the end of standard input: whoever started us is gone.

    Below Python's buffer, whose lock would be held while the interpreter ends.
    """
    try:
        while os.read(sys.stdin.fileno(), 4096):
            continue
    except (OSError, ValueError):
        logging.getLogger(__name__).debug("standard input is closed")
    stop.set()
