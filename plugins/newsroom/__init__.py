"""What writers need before a story is one: a draft to fill in."""
