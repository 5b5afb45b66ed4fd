"""Read CSV files and workbooks as the text that a person sees in each cell; `cells.py` parses one by its column."""
