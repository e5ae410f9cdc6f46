"""The city pack at the start of a program: loaded, or a `StartFailure` that says what is wrong with it."""

from pathlib import Path

from console.central.failure import StartFailure
from console.domain.city import City


def read_city(folder: Path) -> City:
    """The city of a pack; raises `StartFailure`."""
    from console.geo.city import load_city  # here: it loads shapely, a wrong token is told sooner

    try:
        return load_city(folder)
    except Exception as error:
        raise pack_failure(folder, error) from error


def pack_failure(folder: Path, error: BaseException) -> StartFailure:
    """What is wrong with the city pack, also when only its geometry is, which is read behind the start."""
    from console.geo.problem import PackError

    zh = error.text("zh") if isinstance(error, PackError) else str(error)
    en = error.text("en") if isinstance(error, PackError) else str(error)
    return StartFailure(
        "city-pack",
        f"城市包有误：{folder}\n{zh}",
        f"The city pack is wrong: {folder}\n{en}",
    )
