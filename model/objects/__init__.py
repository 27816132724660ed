"""What the Mesa engine holds: places, posts, diary, asking lists, and what it writes down."""
