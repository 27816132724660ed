"""linli as a library: what `import linli` offers, and what the commands do too."""
