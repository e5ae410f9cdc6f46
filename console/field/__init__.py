"""A pure model of callers, workers and units: every draw depends on a seed and a key alone, so that a branch of a replay meets the same people."""
