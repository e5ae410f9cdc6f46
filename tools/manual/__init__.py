"""Makes every picture of the manual: prepares a city, opens each screen on a virtual display, takes the picture."""
