"""Official lists of designated organisations: read, joined to one organisation each, and asked by name."""
