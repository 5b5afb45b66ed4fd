"""Documents of word processors, and pasted HTML -> clean Markdown, pictures, and a report of what was changed and lost.

`docx/`, `odt/`, `html/` and `text_file.py` each read one kind of source into the small HTML of `spans.py` and
`lists.py`; `reading.py` makes nodes of it, `blocks.py` blocks of Markdown. `making.py` starts new Word documents.
Nothing here may know a story, its keys or its folder: those are the newsroom's.
"""
