"""What the Mesa engine holds: a neighbourhood with its places, posts, diary and asking lists, how people move
in, and what is written down of a day."""
