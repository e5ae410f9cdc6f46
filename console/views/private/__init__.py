"""A case's personal data on a panel: masked quietly, in full for a minute with a reason, dialled without being seen."""
