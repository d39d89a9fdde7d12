"""What the law counts: days, time limits, review points, filing routes."""
