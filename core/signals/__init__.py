"""Signal sources: each takes signals of its kinds from a message and satisfies `core.ports.SignalSource`."""
