"""HTML of any program, pasted or saved as .doc -> the HTML that `word/reading.py` reads: no other format here."""
