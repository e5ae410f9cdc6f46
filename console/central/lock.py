"""One central API on one data folder: a lock that dies with the process."""

import json
import logging
from pathlib import Path

from filelock import FileLock, Timeout

from console.central.failure import StartFailure

log = logging.getLogger(__name__)

LOCK_NAME = "central.lock"
OWNER_NAME = "central.owner.json"
"""Who holds the lock: its process id and address, for a person who looks for it; not a secret."""


class FolderLock:
    """Held from `take` to `release`, or to the end of the process however that comes."""

    def __init__(self, folder: Path) -> None:
        """Nothing is locked yet."""
        self._folder = folder
        self._lock = FileLock(folder / LOCK_NAME)

    def take(self) -> None:
        """Raises `StartFailure` when another one has it or the folder cannot be used."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            self._lock.acquire(timeout=0)
        except Timeout as error:
            raise self._taken() from error
        except OSError as error:
            reason = error.strerror or type(error).__name__
            raise StartFailure(
                "data-dir",
                f"数据目录无法使用：{self._folder}（{reason}）。",
                f"The data folder cannot be used: {self._folder} ({reason}).",
            ) from error

    def tell(self, pid: int, url: str) -> None:
        """Leave word who holds it, if the disk has room for it: only people read it."""
        owner = json.dumps({"pid": pid, "url": url})
        try:
            (self._folder / OWNER_NAME).write_text(owner, encoding="utf-8")
        except OSError as error:
            log.warning("who holds the data folder could not be written down: %s", error)

    def release(self) -> None:
        """Let it go."""
        (self._folder / OWNER_NAME).unlink(missing_ok=True)
        self._lock.release()

    def _taken(self) -> StartFailure:
        who = self._owner()
        return StartFailure(
            "data-dir-locked",
            f"数据目录正被另一个中心程序使用{who[0]}：{self._folder}。请先结束它，或用 --data-dir 换一个数据目录。",
            f"The data folder is in use by another central API{who[1]}: {self._folder}. End it first, or take another data folder with --data-dir.",
        )

    def _owner(self) -> tuple[str, str]:
        try:
            text = (self._folder / OWNER_NAME).read_text(encoding="utf-8")
            pid, url = int(json.loads(text)["pid"]), str(json.loads(text)["url"])[:100]
        except (OSError, ValueError, KeyError, TypeError):
            return "", ""
        return f"（进程 {pid}，{url}）", f" (process {pid}, {url})"
