"""Read registers, papers and deadlines as values, from tables as offices keep them; `sheets/` reads the files."""
