"""HTML of any program, pasted or saved as .doc -> nodes; no other format is read here."""
