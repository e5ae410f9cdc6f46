"""What puts a central API under load: streaming consoles, commands, positions, and the bare server beside it."""
