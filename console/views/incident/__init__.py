"""The emergency linkage: one event, who was asked, what came of it."""
