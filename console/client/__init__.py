"""The console's side of the wire: requests, the stream, the outbox; threads, and no Qt."""
