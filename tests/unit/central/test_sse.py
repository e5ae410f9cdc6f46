"""Frames as they stand on the line."""

from hypothesis import given
from hypothesis import strategies as st

from console.central.sse import FRAME_LIMIT, bookmark_frame, event_frame, fix_frames
from console.domain.event import EntityKind, Event
from console.wire.codec import decode
from console.wire.frames import FixBatch
from tests.builders import EPOCH, clock, event, fix


def data_of(frame: bytes) -> bytes:
    (line,) = [line for line in frame.split(b"\n") if line.startswith(b"data: ")]
    return line.removeprefix(b"data: ")


@given(st.text())
def test_whatever_a_text_holds_an_event_is_one_frame(text: str) -> None:
    told = event(7, EntityKind.CASE, "C1", note={"reason": text})
    frame = event_frame(told)
    assert frame.startswith(f"id: {EPOCH}:7\nevent: event\n".encode())
    assert frame.endswith(b"\n\n")
    assert frame.count(b"\n") == 4
    assert b"\r" not in frame
    assert decode(data_of(frame), Event) == told


def test_bookmarks_carry_the_digest_in_sixteen_digits() -> None:
    assert b'"digest":"00000000000000ff"' in bookmark_frame(EPOCH, 3, clock(), 255)


def test_many_positions_are_split_and_none_is_lost() -> None:
    fixes = [fix(f"W{n}") for n in range(3000)]
    frames = fix_frames(fixes)
    assert len(frames) > 1
    assert all(len(frame) <= FRAME_LIMIT for frame in frames)
    again = [one for frame in frames for one in decode(data_of(frame), FixBatch).fixes]
    assert again == fixes
    assert fix_frames([]) == []
