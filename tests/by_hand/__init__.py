"""Two tiny providers whose every figure was worked out by hand, and how they are compared."""
