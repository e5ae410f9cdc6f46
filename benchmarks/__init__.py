"""Figures by command, each beside a reference measured in the same run."""
