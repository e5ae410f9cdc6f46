"""How alarms sound, made from sines: each priority has a rhythm and a pitch of its own, after the idea of IEC 60601-1-8."""

import io
import math
import wave
from array import array
from collections.abc import Mapping, Sequence

from console.domain.alarm import Priority

RATE = 44_100
"""Samples a second."""
_EDGE_S = 0.02
"""A tone swells and fades so long: a hard edge clicks."""
_LOUDEST = 0.6
"""Share of full scale; the seat's volume comes on top."""

Tone = tuple[float, float]
"""Hertz (0 for a pause) and seconds."""

PATTERNS: Mapping[Priority, Sequence[Tone]] = {
    Priority.HIGH: (
        (784, 0.14),
        (0, 0.06),
        (784, 0.14),
        (0, 0.06),
        (988, 0.14),
        (0, 0.22),
        (988, 0.14),
        (0, 0.06),
        (1175, 0.22),
    ),
    Priority.MEDIUM: ((659, 0.2), (0, 0.12), (659, 0.2), (0, 0.12), (523, 0.24)),
    Priority.LOW: ((440, 0.28), (0, 0.14), (392, 0.28)),
}
"""Five quick tones that rise, three slower ones that fall, two slow low ones: told apart by rhythm alone."""


def wav(tones: Sequence[Tone]) -> bytes:
    """The tones as a WAV file: one channel, 16 bits."""
    samples = array("h")
    for pitch, seconds in tones:
        samples.extend(_tone(pitch, seconds))
    data = io.BytesIO()
    with wave.open(data, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(samples.tobytes())
    return data.getvalue()


def _tone(pitch: float, seconds: float) -> Sequence[int]:
    """A sine with two overtones, as a small loudspeaker carries it best."""
    count = round(seconds * RATE)
    if not pitch:
        return [0] * count
    found = []
    for number in range(count):
        at = number / RATE
        swell = min(1.0, at / _EDGE_S, (seconds - at) / _EDGE_S)
        turn = 2 * math.pi * pitch * at
        value = math.sin(turn) + 0.4 * math.sin(2 * turn) + 0.2 * math.sin(3 * turn)
        found.append(round(32767 * _LOUDEST * max(0.0, swell) * value / 1.6))
    return found
