"""Small disks of their own: a tmpfs that gets full, is made larger, or may only be read. It takes the right to mount."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class NoMount(Exception):
    """The system does not let this user mount; without it these faults say nothing, so they fail."""


class Disk:
    """A mounted tmpfs. Sizes are KiB."""

    def __init__(self, place: Path) -> None:
        self.place = place

    def resize(self, kib: int) -> None:
        """Make room, or take it."""
        _run("mount", "-o", f"remount,size={kib}k", str(self.place))

    def protect(self, *, readonly: bool) -> None:
        """Root ignores mode bits, a mount nobody ignores. Files must not be open for writing."""
        _run("mount", "-o", f"remount,{'ro' if readonly else 'rw'}", str(self.place))

    @property
    def free(self) -> int:
        found = os.statvfs(self.place)
        return found.f_bavail * found.f_frsize // 1024

    def fill(self, leave: int = 0) -> None:
        """Lay ballast until only so much is left."""
        with (self.place / "ballast").open("ab") as ballast:
            ballast.write(bytes(max(self.free - leave, 0) * 1024))

    def empty(self) -> None:
        """Throw the ballast away."""
        (self.place / "ballast").unlink(missing_ok=True)


@contextmanager
def disk(place: Path, kib: int) -> Iterator[Disk]:
    """A disk of this size for a while; raises `NoMount`."""
    place.mkdir(parents=True, exist_ok=True)
    try:
        _run("mount", "-t", "tmpfs", "-o", f"size={kib}k", "tmpfs", str(place))
    except (OSError, subprocess.CalledProcessError) as error:
        said = getattr(error, "stderr", "") or str(error)
        raise NoMount(
            "the disk faults need the right to mount a tmpfs (root, or a container with "
            f"CAP_SYS_ADMIN): {said.strip()}"
        ) from error
    try:
        yield Disk(place)
    finally:
        _run("umount", "--lazy", str(place))


def _run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True, text=True)
