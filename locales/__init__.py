"""What Lisanga says, in every language: catalogs, dates, numbers, and the checks on them."""
