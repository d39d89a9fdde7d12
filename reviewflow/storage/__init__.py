"""Where things are kept: the database and the uploaded files."""
