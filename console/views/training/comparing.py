"""The end of a taken-over day: branch and history side by side, and what can be done with it."""
