"""Stories for people who do not open the site: read over the loudspeaker, sent on Zalo, hung up as a poster.

`telling` splits a story into sentences; `script` chooses among them and adds only the framing phrases;
`script_paper` and `poster` lay them out; `command` writes the files. No text of a story is reworded here.
"""
