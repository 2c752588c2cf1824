"""Where entries come from: lists in files now, published exchanges later; one loop takes them in."""
