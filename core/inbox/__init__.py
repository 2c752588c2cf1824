"""The durable queue between the platforms and the workers, in two engines behind one port."""
