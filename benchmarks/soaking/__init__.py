"""A long day at ten times the peak: the real program, a hand that works at it, and what its processes take."""
