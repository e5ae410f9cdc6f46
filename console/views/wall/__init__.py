"""The wall: one picture for people five metres away, who only look."""
