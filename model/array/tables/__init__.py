"""The tables of the array engine: their columns, how they are filled, read and checked."""
