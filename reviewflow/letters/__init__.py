"""Letters: a kind's wording, what it may say of a case, and how it is set."""
