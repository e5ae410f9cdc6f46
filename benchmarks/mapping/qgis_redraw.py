"""Draws a plan (qgis_plan.py) with QGIS under QGIS's own Python: `qgis_redraw.py PLAN [PICTURES]` prints its JSON on the last line.

It imports nothing of this project: the Python that has QGIS has none of its packages.
"""

import json
import sys
import time
from pathlib import Path
from typing import Any

from qgis.core import (
    Qgis,
    QgsApplication,
    QgsCategorizedSymbolRenderer,
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsFillSymbol,
    QgsGraduatedSymbolRenderer,
    QgsMapRendererParallelJob,
    QgsMapSettings,
    QgsMarkerSymbol,
    QgsNullSymbolRenderer,
    QgsPalLayerSettings,
    QgsPointXY,
    QgsProject,
    QgsRectangle,
    QgsRendererCategory,
    QgsRendererRange,
    QgsSingleSymbolRenderer,
    QgsTextBufferSettings,
    QgsTextFormat,
    QgsUnitTypes,
    QgsVectorLayer,
    QgsVectorLayerSimpleLabeling,
)
from qgis.PyQt.QtCore import QSize
from qgis.PyQt.QtGui import QColor, QFont

METRES_PER_PIXEL = 156543.033928
"""At zoom 0, on the equator of EPSG:3857."""
FONT = "Noto Sans CJK SC"
ROUNDS = 3


def _fill(fill: str | None, line: str | None, width: float) -> Any:
    return QgsFillSymbol.createSimple(
        {
            "color": fill or "#000000",
            "style": "solid" if fill else "no",
            "outline_style": "solid" if line else "no",
            "outline_color": line or "#000000",
            "outline_width": str(width),
            "outline_width_unit": "Pixel",
        }
    )


def _marker(look: list[Any]) -> Any:
    shape, size, fill, stroke, width = look
    return QgsMarkerSymbol.createSimple(
        {
            "name": shape,
            "size": str(size),
            "size_unit": "Pixel",
            "color": fill,
            "outline_style": "solid" if width else "no",
            "outline_color": stroke,
            "outline_width": str(width),
            "outline_width_unit": "Pixel",
        }
    )


def _area(layer: Any, told: dict[str, Any]) -> None:
    symbol = _fill(told.get("fill"), told.get("line"), told.get("width", 0))
    layer.setRenderer(QgsSingleSymbolRenderer(symbol))


def _steps(layer: Any, told: dict[str, Any]) -> None:
    line, width = told.get("line"), told.get("width", 0)
    ranges = [
        # A range holds both its ends, and loads are whole numbers.
        QgsRendererRange(low, high - 0.5, _fill(colour, line, width), str(low))
        for low, high, colour in told["steps"]
    ]
    layer.setRenderer(QgsGraduatedSymbolRenderer("load", ranges))


def _dots(layer: Any, told: dict[str, Any]) -> None:
    looks = told["looks"]
    if "" in looks:
        layer.setRenderer(QgsSingleSymbolRenderer(_marker(looks[""])))
    else:
        rows = [QgsRendererCategory(int(key), _marker(look), key) for key, look in looks.items()]
        layer.setRenderer(QgsCategorizedSymbolRenderer("look", rows))
    layer.setOpacity(told.get("opacity", 1.0))


def _names(layer: Any, told: dict[str, Any]) -> None:
    layer.setRenderer(QgsNullSymbolRenderer())
    text = QgsTextFormat()
    font = QFont(FONT)
    font.setBold(told["bold"])
    text.setFont(font)
    text.setSize(told["size"])
    text.setSizeUnit(QgsUnitTypes.RenderPixels)
    text.setColor(QColor(told["colour"]))
    colour, width = told["halo"]
    halo = QgsTextBufferSettings()
    halo.setEnabled(True)
    halo.setColor(QColor(colour))
    halo.setSize(width)
    halo.setSizeUnit(QgsUnitTypes.RenderPixels)
    text.setBuffer(halo)
    label = QgsPalLayerSettings()
    label.fieldName = "name"
    label.placement = QgsPalLayerSettings.OverPoint
    label.priority = told["rank"]
    label.setFormat(text)
    layer.setLabeling(QgsVectorLayerSimpleLabeling(label))
    layer.setLabelsEnabled(True)


STYLE = {"area": _area, "steps": _steps, "dots": _dots, "names": _names}


def _layer(folder: Path, told: dict[str, Any]) -> Any:
    """The file, opened and styled; SystemExit when QGIS cannot read it."""
    layer = QgsVectorLayer(str(folder / f"{told['file']}.fgb"), told["file"], "ogr")
    if not layer.isValid():
        raise SystemExit(f"QGIS cannot open {told['file']}")
    STYLE[told["kind"]](layer, told)
    return layer


def _settings(plan: dict[str, Any], zoom: float, layers: list[Any]) -> Any:
    """As QGIS's own window draws: smoothed, names, geometry made simpler for the scale."""
    web = QgsCoordinateReferenceSystem("EPSG:3857")
    degrees = QgsCoordinateReferenceSystem("EPSG:4326")
    change = QgsCoordinateTransform(degrees, web, QgsProject.instance())
    middle = change.transform(QgsPointXY(*plan["centre"]))
    metres = METRES_PER_PIXEL / 2**zoom
    across, down = (metres * pixels / 2 for pixels in plan["size"])
    settings = QgsMapSettings()
    settings.setDestinationCrs(web)
    settings.setOutputSize(QSize(*plan["size"]))
    settings.setOutputDpi(96)
    x, y = middle.x(), middle.y()
    settings.setExtent(QgsRectangle(x - across, y - down, x + across, y + down))
    settings.setBackgroundColor(QColor(plan["page"]))
    settings.setLayers(layers)
    for flag in ("Antialiasing", "DrawLabeling", "UseAdvancedEffects", "UseRenderingOptimization"):
        settings.setFlag(getattr(QgsMapSettings, flag), True)
    return settings


def _drawn(settings: Any) -> tuple[float, Any]:
    """Milliseconds of one drawing without a cache, and the image."""
    began = time.perf_counter()
    job = QgsMapRendererParallelJob(settings)
    job.start()
    job.waitForFinished()
    image = job.renderedImage()
    return (time.perf_counter() - began) * 1000, image


def _measured(plan: dict[str, Any], folder: Path, pictures: Path | None) -> dict[str, Any]:
    """Each picture once at each zoom to warm up, then in turn; its layers and their features."""
    found: dict[str, Any] = {"version": Qgis.QGIS_VERSION, "features": {}}
    for name, rows in plan["pictures"].items():
        made = [(told["zooms"], _layer(folder, told)) for told in rows]
        found["features"][name] = {one.name(): one.featureCount() for _, one in made}
        # QGIS has the highest layer first.
        views = {
            zoom: _settings(plan, zoom, [one for zooms, one in reversed(made) if zoom in zooms])
            for zoom in plan["zooms"]
        }
        for zoom, view in views.items():
            _, image = _drawn(view)
            if pictures:
                image.save(str(pictures / f"{name}-{zoom}.png"))
        found[f"{name}_ms"] = [[zoom, _drawn(views[zoom])[0]] for zoom in plan["zooms"] * ROUNDS]
    return found


def main() -> None:
    """Print the times; keep the images of the warm-up when a folder is given for them."""
    file, *pictures = map(Path, sys.argv[1:])
    application = QgsApplication([], False)
    application.initQgis()
    plan = json.loads(file.read_text(encoding="utf-8"))
    found = _measured(plan, file.parent, pictures[0] if pictures else None)
    application.exitQgis()
    print(json.dumps(found))


if __name__ == "__main__":
    main()
