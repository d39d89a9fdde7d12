"""What people and timers can make happen; one function, one intent."""
