"""A program beside the console that brings calls, units and workers to the central API, like any joined system."""
