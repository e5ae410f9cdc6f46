"""JSON ↔ domain: one codec for client, server, outbox and recordings."""
