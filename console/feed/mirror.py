"""The feed's own picture, kept by the stream and drained on the feed's thread."""

import logging
import queue
import time
from zoneinfo import ZoneInfo

from console.client.api import Api
from console.client.stream import Stream
from console.feed.city_time import CityTime
from console.store.changes import ChangeSet
from console.store.picture import Picture
from console.wire.frames import Bookmark
from console.wire.messages import (
    BookmarkArrived,
    EventsArrived,
    LinkChanged,
    LinkState,
    Message,
    SnapshotArrived,
)

log = logging.getLogger(__name__)


class Refused(Exception):
    """The centre does not let the feed in: `code` and words say why."""

    def __init__(self, code: str, detail: str) -> None:
        """Keep what the centre said."""
        super().__init__(detail or code)
        self.code = code


class Mirror:
    """A `Picture` that follows the log; only `drain` and `wait_for` change it.

    A snapshot may be seconds old: the picture is `live` from the first bookmark after it.
    """

    def __init__(self, api: Api, tz: ZoneInfo, city_time: CityTime) -> None:
        """Nothing arrives before `start`."""
        self._tz, self._time = tz, city_time
        self._inbox: queue.SimpleQueue[Message] = queue.SimpleQueue()
        self._stream = Stream(api, self._inbox.put)
        self.picture = Picture(tz=tz)
        self.live = False

    def start(self) -> None:
        """Begin to follow."""
        self._stream.start()

    def stop(self) -> None:
        """Follow no more."""
        self._stream.stop()

    def drain(self, wait_s: float = 0.0) -> ChangeSet:
        """Apply what has arrived; `everything` is set when the picture is a new one.

        Waits up to `wait_s` real seconds for the first message. Raises `Refused`.
        """
        changes = ChangeSet()
        try:
            message = self._inbox.get(timeout=wait_s) if wait_s > 0 else self._inbox.get_nowait()
            while True:
                self._take(message, changes)
                message = self._inbox.get_nowait()
        except queue.Empty:
            return changes

    def wait_for(self, rev: int, patience_s: float) -> bool:
        """Drain until the picture is at `rev`; False when it did not come within the patience."""
        end = time.monotonic() + patience_s
        while self.picture.rev < rev or not self.live:
            left = end - time.monotonic()
            if left <= 0:
                return False
            self.drain(min(left, 0.2))
        return True

    def _take(self, message: Message, changes: ChangeSet) -> None:
        if isinstance(message, SnapshotArrived):
            self.picture = Picture.from_snapshot(message.pages, self._tz)
            self._time.take(self.picture.clock)
            self.live = False
            changes.everything = True
        elif isinstance(message, EventsArrived):
            changes.merge(self.picture.apply(message.events))
            if changes.clock:
                self._time.take(self.picture.clock)
        elif isinstance(message, BookmarkArrived):
            self._time.take(message.bookmark.clock)
            self.live = True
            self._compare(message.bookmark)
        elif isinstance(message, LinkChanged) and message.state is LinkState.REFUSED:
            raise Refused(message.code, message.detail)

    def _compare(self, bookmark: Bookmark) -> None:
        """A picture that differs from the centre's is taken anew."""
        if bookmark.rev == self.picture.rev and int(bookmark.digest, 16) != self.picture.digest:
            log.warning("the picture differs from the centre's at rev %d", bookmark.rev)
            self._stream.relist()
