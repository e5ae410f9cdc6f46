"""Why there is no picture, in kinds that a user can do something about."""

from enum import StrEnum


class Fault(StrEnum):
    """Ends of the translation keys `basemap.fault.…`."""

    UNREACHABLE = "unreachable"
    KEY_MISSING = "key_missing"
    KEY_REFUSED = "key_refused"
    UNUSABLE = "unusable"
    """The service answers, but not with pictures that can be shown."""
    FILE_MISSING = "file_missing"
    FILE_BROKEN = "file_broken"
    FILE_VECTOR = "file_vector"
    """The archive holds vector tiles, which are not drawn."""


LASTING = frozenset(
    {
        Fault.KEY_MISSING,
        Fault.FILE_MISSING,
        Fault.FILE_BROKEN,
        Fault.FILE_VECTOR,
    }
)
"""One such failure says enough; of the others several in a row are needed."""


class NoPicture(Exception):
    """`fault` is for the user, `detail` for the log: it names no address, so no key can be in it."""

    def __init__(self, fault: Fault, detail: str) -> None:
        super().__init__(f"{fault}: {detail}")
        self.fault = fault
        self.detail = detail
