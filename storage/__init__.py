"""Where records are kept: one Store over SQLite or PostgreSQL. Knows the domain only."""
