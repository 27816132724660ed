"""`linli attribute` and `linli explain`: from a request to tables of classes, and to the chain of one act."""
