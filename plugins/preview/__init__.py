"""The preview: the site with its drafts, and the pages where staff write, check and publish it, on this machine only.

`command` starts it. `serving` answers HTTP and watches files, `live` renders pages of the site, `staff` shows the desk,
`form` edits files, `jobs` runs commands; templates are in `pages/`, scripts and styles in `static/`. Nothing below
this package may import it: how content is read, checked or built belongs to the packages that a build uses too.
"""
