"""What stands around the rooms: the document, the header, and what could not be done."""
