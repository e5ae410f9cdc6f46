"""What the API answers under /v1: reading, writing, what the field sends, and personal data."""
