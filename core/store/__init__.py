"""One SQL schema with everything that must outlive the process, and the ports that keep it there."""
