"""The commands of `linli`, one a file: arguments, and what they call. Nothing heavy is imported on top."""
