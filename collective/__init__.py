"""The domain: what a collective is and may do. Standard library only."""
