"""The token a feed shows to the central API."""

import os
from pathlib import Path

from console.feed.problem import CannotStart

TOKEN_VARIABLE = "BATON_TOKEN"  # noqa: S105 - the variable's name, not its value
"""Environment variable that holds the token, instead of a file."""


def read_token(file: Path | None) -> str:
    """The first word of the token file, or the environment's token; raises `CannotStart`."""
    text = os.environ.get(TOKEN_VARIABLE, "")
    if file is not None:
        try:
            text = file.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise CannotStart(
                "token", f"令牌文件 {file} 不能读取", f"the token file {file} cannot be read"
            ) from error
    words = text.split()
    if not words:
        raise CannotStart(
            "token",
            f"没有令牌：请用 --token-file，或设置环境变量 {TOKEN_VARIABLE}",
            f"there is no token: use --token-file or set {TOKEN_VARIABLE}",
        )
    return words[0]
