"""What a community wants done about which matches: rules as values, read from files that admins write."""
