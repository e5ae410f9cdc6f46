"""The alarms of a seat on screen: the strip, the list of the shift, what is heard."""
