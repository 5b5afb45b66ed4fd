"""A story brought to people who do not open the site: read over the loudspeaker, sent on Zalo, hung up as a poster.

`telling` takes a story apart into sentences; `script` and `short_text` choose among these, and never write one of their
own but what frames them; `script_paper` and `poster` lay them out; `command` writes the files, over none that is there.
"""
