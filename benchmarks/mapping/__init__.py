"""The map's figures, one module each; every one prints its JSON beside a reference of the same run."""
