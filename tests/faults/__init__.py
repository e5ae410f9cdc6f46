"""The fault suite: seeded faults, counted over many runs, judged by a checker of its own."""
