"""Coming in: login and password or the city's identity provider, the role, and a new password when it must be."""
