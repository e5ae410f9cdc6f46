"""The training screen: a past day is chosen, played, taken over and compared; nothing of it is live."""
