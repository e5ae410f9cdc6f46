"""The one live picture of the city: plain Python, applied from the log, forked and checkpointed at will."""
