"""The forms in which organisations share lists, one file each: a record of theirs becomes an item."""
