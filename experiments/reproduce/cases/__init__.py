"""One published result a file, with what is expected of it in a table of the same name."""
