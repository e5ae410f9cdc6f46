"""City packs, boundaries and questions of place."""
