"""The preview: the site with its drafts, and the pages where staff write, check and publish it, on this machine only.

`command` starts it. `serving` answers HTTP and watches files, `live` renders pages of the site, `staff` shows the desk,
`form` edits files, `jobs` runs commands, `handbook` explains; templates are in `pages/`, scripts and styles in
`static/`. No other package may import this one: reading, checking and building content belong to those a build uses.
"""
