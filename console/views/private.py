"""Fetches a case's private details for a panel; in a replay nobody keeps any, and that is said instead."""

import logging
from collections.abc import Callable

from PySide6.QtCore import QObject

from console.i18n import Texts
from console.live.link import Link, NotKept
from console.live.tasks import Tasks
from console.wire.frames import PrivateDetails

log = logging.getLogger(__name__)


def fetch_private(
    link: Link,
    case_id: str,
    tasks: Tasks,
    texts: Texts,
    take: Callable[[PrivateDetails], None],
    owner: QObject,
) -> None:
    """Ask the link off the GUI thread, then `take` the details on it; nothing when they cannot be read."""

    def failed(error: Exception) -> None:
        if isinstance(error, NotKept):
            words = texts("training.no_private")
            take(PrivateDetails(citizen="", phone="", words=words, address=""))
        else:
            log.warning("the private details of a case cannot be read: %s", error)

    tasks.run(lambda: link.private(case_id), take, failed, owner=owner)
