"""Reads the [layers] of city.toml: which file holds each layer's geometry, in which coordinates."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePath

from console.geo.pack.settings import Section
from console.geo.problem import Problems

LAYERS = ("districts", "towns", "communities", "grids", "neighbours")
"""The layers of a pack from the outside in; the neighbours are context only."""

GCJ02 = "gcj02"
"""As `crs`: the shifted coordinates of Chinese map services, read as degrees and converted."""

_FORMATS = (".geojson", ".json", ".shp", ".gpkg")


@dataclass(frozen=True, slots=True, kw_only=True)
class LayerSource:
    """Where a layer stands. `crs` is an EPSG code, `gcj02`, or None: as the file itself says.

    `code`, `parent` and `label` are the names of the file's columns; without `parent` the nesting
    of areas.csv and grids.csv stands alone, without `label` the features bear no names.
    """

    name: str
    file: str
    crs: str | None
    code: str
    parent: str | None
    label: str | None


def read_layer_sources(raw: Mapping[str, object], problems: Problems) -> dict[str, LayerSource]:
    """Layer name → its source; `neighbours` may be left out, the others may not."""
    layers = Section(raw, "layers", problems)
    for name in layers.values:
        if name not in LAYERS:
            layers.wrong(
                name, "没有这个图层", f"there is no such layer; known: {', '.join(LAYERS)}"
            )
    sources: dict[str, LayerSource] = {}
    for name in LAYERS:
        if name == "neighbours" and name not in layers.values:
            continue
        section = Section(layers.values, name, problems)
        source = LayerSource(
            name=name,
            file=section.text("file"),
            crs=section.optional("crs"),
            code=section.text("code"),
            parent=section.optional("parent"),
            label=section.optional("label"),
        )
        path = PurePath(source.file)
        if path.name != source.file or path.suffix.lower() not in _FORMATS:
            section.wrong(
                "file",
                f"应为本文件夹中的 {'、'.join(_FORMATS)} 文件",
                f"must be a file of this folder ending in {', '.join(_FORMATS)}",
            )
        sources[name] = source
    return sources
