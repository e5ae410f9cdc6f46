"""The folium elements that put live layers on the page."""

from collections.abc import Mapping
from typing import ClassVar

from branca.element import Element, MacroElement
from folium.template import Template

from console.map.scheme import ORIGIN


class PolicyTag(Element):
    """The Content-Security-Policy, to stand before anything that it governs."""

    _template = Template(
        """<meta http-equiv="Content-Security-Policy" content="{{ this.policy|e }}" />"""
    )

    def __init__(self, policy: str) -> None:
        """`policy` as the directives and their sources."""
        super().__init__()
        self._id = "policy"
        self.policy = policy


class Boot(MacroElement):
    """Hands folium's map to js/main.js, which begins once the page is parsed."""

    _template = Template(
        """
        {% macro header(this, kwargs) %}
            <link rel="stylesheet" href="{{ this.origin }}/js/map.css" />
            <script type="module" src="{{ this.origin }}/js/main.js"></script>
        {% endmacro %}
        {% macro script(this, kwargs) %}
            window.baton = { map: {{ this._parent.get_name() }}, layers: [] };
        {% endmacro %}
        """
    )

    def __init__(self) -> None:
        """Give the element a stable name."""
        super().__init__()  # type: ignore[no-untyped-call]
        self._id = "boot"
        self.origin = ORIGIN


class LiveLayer(MacroElement):
    """One layer: which canvas it draws on, in which order, and the numbers of its look.

    Subclasses set the class variables; `module` is the file in js/layers without `.js`.
    """

    _template = Template(
        """
        {% macro header(this, kwargs) %}
            <link rel="modulepreload" href="{{ this.origin }}/js/layers/{{ this.module }}.js" />
        {% endmacro %}
        {% macro script(this, kwargs) %}
            window.baton.layers.push({{ this.declaration()|tojson }});
        {% endmacro %}
        """
    )
    module: ClassVar[str]
    surface: ClassVar[str]
    options: ClassVar[Mapping[str, object]]

    def __init__(self) -> None:
        """Give the element a stable name."""
        super().__init__()  # type: ignore[no-untyped-call]
        self._id = self.module
        self.origin = ORIGIN

    def declaration(self) -> dict[str, object]:
        """What js/main.js reads to make the layer."""
        return {"module": self.module, "surface": self.surface, "options": dict(self.options)}
