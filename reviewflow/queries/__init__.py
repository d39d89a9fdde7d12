"""What screens show; changes nothing."""
