import io
import wave
from itertools import combinations, pairwise

import pytest

from console.domain.alarm import Priority
from console.theme.sounds import PATTERNS, RATE, wav


@pytest.mark.parametrize("priority", Priority)
def test_a_sound_is_short_and_a_plain_wav(priority: Priority) -> None:
    data = wav(PATTERNS[priority])
    with wave.open(io.BytesIO(data)) as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (1, 2, RATE)
        seconds = file.getnframes() / RATE
    assert seconds == pytest.approx(sum(s for _, s in PATTERNS[priority]), abs=0.01)
    assert seconds < 1.5


def test_they_differ_by_rhythm_and_by_pitch() -> None:
    for one, other in combinations(Priority, 2):
        a, b = ([tone for tone in PATTERNS[p] if tone[0]] for p in (one, other))
        assert len(a) != len(b), "who hears no pitch counts"
        assert max(pitch for pitch, _ in a) != max(pitch for pitch, _ in b)


def test_nothing_is_clipped_and_nothing_clicks() -> None:
    with wave.open(io.BytesIO(wav(PATTERNS[Priority.HIGH]))) as file:
        samples = memoryview(file.readframes(file.getnframes())).cast("h").tolist()
    assert 10_000 < max(map(abs, samples)) < 32_000
    assert max(abs(b - a) for a, b in pairwise(samples)) < 9_000
