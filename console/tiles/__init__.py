"""Pictures of base maps: fetched or read from a file, checked, kept; without Qt."""
