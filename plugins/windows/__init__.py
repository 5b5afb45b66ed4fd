"""The bundle for Windows: one zip with Python, libraries, program and content; its start and its update."""
