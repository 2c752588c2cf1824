"""What the addresses and names of each service give: one table for each file of `core/identifiers`."""
