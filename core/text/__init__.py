"""How texts look: what two writings have in common for the eye, whatever characters they are made of."""
