"""The parts of `tools.make_city`: from a folder of sources to a city pack."""
