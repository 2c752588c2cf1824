"""What is known: entries and how signals meet them, whoever keeps them."""
