"""The audit of the log: its chain recomputed, its end signed outside the database, backup and restore."""
