"""The form that edits one file of content/: its fields, trying and saving, photos, pasting, versions, deleting, moving.

How a file is rewritten, kept and moved is in `plugins.editing`; here are the requests and the words of the form.
"""
