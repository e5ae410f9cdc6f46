"""Item roles that all lists of the desk share."""

from PySide6.QtCore import Qt

ID_ROLE = Qt.ItemDataRole.UserRole + 1
"""The id of the case, worker or unit."""
ROW_ROLE = Qt.ItemDataRole.UserRole + 2
"""The row's dataclass from `tables.rows`."""
GONE_ROLE = Qt.ItemDataRole.UserRole + 3
"""Whether the row stands only until the end of a drag and refuses everything."""
DEPTH_ROLE = Qt.ItemDataRole.UserRole + 4
"""0, or 1 for a row below the head of its group or below its unit."""
