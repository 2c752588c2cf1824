"""Where entries come from: lists in files, items that people name, servers; one loop takes them in."""
