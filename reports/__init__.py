"""Numbers and words in, text and pictures out."""
