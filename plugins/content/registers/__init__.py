"""content/dang-ky and the deadlines: tables as offices keep them, read as registrations."""
