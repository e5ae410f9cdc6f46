"""Reusable widgets that know no domain: they are given words and figures."""
