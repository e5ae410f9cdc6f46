"""OGC API – Features (17-069r4): the city's areas, workers and cases for stock GIS clients, read-only."""
