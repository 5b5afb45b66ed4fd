"""content/dang-ky, content/theo-doi and the deadlines: tables as offices keep them, as values."""
