"""Documents of word processors, and pasted HTML -> clean Markdown, pictures, and a report of changes and losses.

`docx/`, `odt/`, `html/` and `text_file.py` each read one kind of source into the nodes of `nodes.py`, by way of
`paragraphs.py` and `lists.py`; `blocks.py` makes blocks of Markdown of them. `making.py` starts new Word documents.
Nothing here may know a story, its keys or its folder: those are the newsroom's.
"""
