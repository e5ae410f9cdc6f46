"""Base maps on the page: which there are, which is shown, and their pictures under our own scheme."""
