"""An .odt (OpenDocument) -> nodes.

Only OpenDocument is known here; whatever .docx or pasted HTML need too belongs in `word/`.
"""
