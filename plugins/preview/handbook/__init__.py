"""The staff handbook: chapters in Markdown, served by the preview, printed, and linked from every problem.

Here live the chapters (NN-name.md, in the order of their numbers), the pictures they show, and the code that turns
them into pages. What the program declares elsewhere (keys, columns, commands, advice) is never repeated in a chapter:
a line `[[bảng: …]]` puts its table there.
"""
