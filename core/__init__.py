"""The platform-free policy core: what a message means, what is known, what should follow."""
