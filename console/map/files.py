"""The table of files that the page can load: its own scripts, Leaflet's, the city's geometry."""

from collections.abc import Callable, Mapping
from functools import partial
from importlib.metadata import files as distribution_files
from pathlib import Path

from console.domain.city import City
from console.geo.boundaries import Boundaries
from console.map.geometry import LAYERS, encode_layer
from console.map.page import build_page
from console.map.page_cache import PageCache, cache_key
from console.map.projection import to_world
from console.map.scheme import MIME_TYPES, ServedFile

_JS = Path(__file__).parent / "js"
_LEAFLET = "XStatic-Leaflet"
_BUILT = ("page.html", *(name + ".bin" for name in LAYERS))


def page_files(
    boundaries: Boundaries, city: City, cache_dir: Path, config: Callable[[], bytes]
) -> dict[str, ServedFile]:
    """Path → file. Builds page and geometry, or takes them from the cache without importing folium."""
    cache = PageCache(cache_dir, cache_key(city.pack_hash))
    built = cache.load(_BUILT, partial(_build, boundaries, city))
    table = {
        "/": _fixed(built["page.html"], "html"),
        "/config.json": ServedFile(config, MIME_TYPES["json"]),
    }
    for name in LAYERS:
        content = built[name + ".bin"]
        table["/geometry/" + name + ".bin"] = _fixed(content, "bin")
    for path in sorted(_JS.rglob("*.*")):
        served = ServedFile(path.read_bytes, MIME_TYPES[path.suffix[1:]])
        table["/js/" + path.relative_to(_JS).as_posix()] = served
    for name in ("leaflet.js", "leaflet.css"):
        table["/" + name] = ServedFile(
            leaflet_file(name).read_bytes, MIME_TYPES[name.split(".")[1]]
        )
    return table


def _fixed(content: bytes, suffix: str) -> ServedFile:
    return ServedFile(lambda: content, MIME_TYPES[suffix])


def _build(boundaries: Boundaries, city: City) -> Mapping[str, bytes]:
    page = build_page(city.centre)
    origin = to_world(city.centre.lon, city.centre.lat)
    built = {"page.html": page.html.encode()}
    for name in LAYERS:
        built[name + ".bin"] = encode_layer(getattr(boundaries, name), origin)
    return built


def leaflet_file(name: str) -> Path:
    """Where the XStatic-Leaflet package keeps the file; FileNotFoundError when it does not."""
    for entry in distribution_files(_LEAFLET) or ():
        if entry.name == name:
            return Path(str(entry.locate()))
    raise FileNotFoundError(f"{name} is missing from the installed package {_LEAFLET}")
