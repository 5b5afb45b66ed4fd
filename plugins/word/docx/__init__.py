"""A .docx of Word, or of a program that writes like it -> nodes.

Only OOXML is known here; whatever .odt or pasted HTML need too belongs in `word/`.
"""
