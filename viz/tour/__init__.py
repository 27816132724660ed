"""The guided tour: its steps and its card."""
