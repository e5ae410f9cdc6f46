"""The central API itself: it owns the event log; everybody else holds a mirror of it."""
