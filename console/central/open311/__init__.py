"""Open311 GeoReport v2: reports from citizens' apps in, and what became of them out, as XML or JSON."""
