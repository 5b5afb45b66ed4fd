"""An official document of the Front: who issues it, its letterhead, title, text, tables, recipients and signature."""
