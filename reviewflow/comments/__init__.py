"""Comments of the public as texts: grouped, masked, read from sheets; no SQL."""
