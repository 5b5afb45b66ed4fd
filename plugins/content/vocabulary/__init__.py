"""The files of content/danh-muc/ that stories are filed by: fields, communes, movements and the offices of the site.

Terms, their lookup by any spelling, and the checks of the files. Nothing here knows a story.
"""
