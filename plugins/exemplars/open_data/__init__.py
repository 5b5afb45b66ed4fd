"""The edition as open data: CSV and JSON tables, their columns, and the JSON Schema that describes them.

The keys that other sites rely on are declared in plugins/content/members/open_data.py; a column's heading, meaning and
value in columns.py. Nothing here is read by the site's own pages, except the list of files and columns.
"""
