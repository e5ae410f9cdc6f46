"""Citizens' texts and other systems' numbers are hostile; the desk goes on and nothing executes."""

import uuid

import pytest
import requests

from console.domain.case import Channel
from console.domain.command import Accept, Private
from console.domain.place import Position
from console.wire.codec import encode
from console.wire.commands import wrap
from tests.e2e.program import Console
from tests.e2e.scene import TOKEN, Scene
from tests.e2e.screen import Mouse

PLACE = Position(110.35, 20.02)
TEXTS = {
    "template": "${document.title='owned'}",
    "markup": "<img src=x onerror=\"document.title='owned'\"><b>粗体</b>",
    "back-ticks": "`\\`${1}` \\\\ '\"",
    "a megabyte": "长" * 350_000,
    "controls": "\u202eleft\u0000\u0007\r\n\t\u2028right",
}


def accept(name: str, text: str, category: str) -> Accept:
    private = Private(citizen=text[:60], phone=text[:20], words=text, address=text)
    return Accept(
        case=name,
        channel=Channel.APP,
        category=category,
        position=PLACE,
        private=private,
        register=True,
    )


@pytest.mark.parametrize("kind", TEXTS)
def test_hostile_words_are_only_words(
    scene: Scene, console: Console, mouse: Mouse, kind: str
) -> None:
    category = next(iter(scene.city.categories))
    name = f"H-{uuid.uuid4().hex[:6]}"
    command = accept(name, TEXTS[kind], category)
    answer = scene.api.send(wrap(command, uuid.uuid4().hex))
    if not answer.committed:
        # Too long even for the border: told so, and the next one still goes through.
        assert answer.problem == "too-large"
        name = f"H-{uuid.uuid4().hex[:6]}"
        scene.case(name, PLACE, category)
    mouse.click(*console.wait_spot("row", name).at)
    console.wait_spot("pin", name)
    assert console.process.poll() is None


@pytest.mark.parametrize("numbers", ["NaN,20", "Infinity,20", "1e999,20", "20.03,110.35", "181,0"])
def test_impossible_coordinates_are_refused_with_their_field(scene: Scene, numbers: str) -> None:
    envelope = wrap(accept("N-1", "x", next(iter(scene.city.categories))), uuid.uuid4().hex)
    lon, lat = numbers.split(",")
    body = encode(envelope).replace(
        b'"lon":110.35,"lat":20.02', f'"lon":{lon},"lat":{lat}'.encode()
    )
    headers = {"Authorization": f"Bearer {TOKEN}", "Baton-Seat": "t", "Baton-Role": "field"}
    headers |= {"Idempotency-Key": envelope.key, "Content-Type": "application/json"}
    url = f"{scene.url}/v1/commands"
    response = requests.post(url, data=body, headers=headers, timeout=10)
    assert response.status_code == 400
    assert response.headers["content-type"] == "application/problem+json"
    detail = response.json()["detail"]
    assert any(word in detail for word in ("position", "body", "JSON"))
