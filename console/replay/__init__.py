"""Recorded days and how they are played; no network, no Qt, no way to the live log."""
