"""What leaves: the outbox, the pace, retries, and what became of each message."""
