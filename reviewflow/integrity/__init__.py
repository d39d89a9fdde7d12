"""Whether everything is still what it was, and the program is healthy."""
