"""Before a story is one: drafts, made from answers or from a document, consent forms, and the list of people named.

`titles.py` and `heads.py` find the title of a document; `guesses.py` guesses the other keys;
`importing.py` and `scaffold.py` write the draft. Reading a document file belongs in `word/`, changing a story that
exists in `editing/`.
"""
