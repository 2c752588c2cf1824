"""Side-by-side runs against peers: `./x bench NAME`; never part of the tests."""
