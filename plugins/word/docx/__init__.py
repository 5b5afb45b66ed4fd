"""A .docx of Word, or of what writes as Word does -> the HTML that the rest of this room reads."""
