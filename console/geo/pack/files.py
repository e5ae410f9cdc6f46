"""The pack as files: their bytes and the hash over all of them."""

import hashlib
from pathlib import Path

from console.geo.problem import Problems

MAX_BYTES = 64 * 1024 * 1024
"""A larger file is refused: no city's table or layer comes near it."""


def pack_files(folder: Path) -> list[Path]:
    """The folder's own files in name order; hidden ones and subfolders do not belong to a pack."""
    return sorted(
        path for path in folder.iterdir() if path.is_file() and not path.name.startswith(".")
    )


def pack_hash(folder: Path) -> str:
    """SHA-256 (hex) over names and bytes of all files of the pack. Raises OSError."""
    whole = hashlib.sha256()
    for path in pack_files(folder):
        content = path.read_bytes()
        whole.update(f"{path.name}\0{len(content)}\0".encode())
        whole.update(content)
    return whole.hexdigest()


def read_text(folder: Path, name: str, problems: Problems) -> str | None:
    """The file as text (UTF-8, with or without BOM); None with a problem noted if that fails."""
    path = folder / name
    try:
        if path.stat().st_size > MAX_BYTES:
            problems.add(name, "", "", "文件大于 64 MB", "the file is larger than 64 MB")
            return None
        return path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        problems.add(name, "", "", "缺少这个文件", "the file is missing")
    except UnicodeDecodeError as error:
        problems.add(
            name,
            "",
            "",
            f"不是 UTF-8 编码（第 {error.start} 字节），请另存为 UTF-8",
            f"not UTF-8 (byte {error.start}); save it as UTF-8",
        )
    except OSError as error:
        reason = error.strerror or type(error).__name__
        problems.add(name, "", "", f"无法读取：{reason}", f"cannot be read: {reason}")
    return None
