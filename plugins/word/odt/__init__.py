"""An .odt (OpenDocument) -> the HTML that `word/reading.py` reads.

Only OpenDocument is known here; whatever .docx or pasted HTML need too belongs in `word/`.
"""
