"""The lists of the desk: item models, views and delegates that know cases, workers and units."""
