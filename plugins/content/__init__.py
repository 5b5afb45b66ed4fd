"""Everything under content/: vocabulary, stories, pages, documents, registers and prose of reports, as values."""
