"""The files of a city pack, one module for each group that belongs together."""
