"""Read CSV files and workbooks as the text that a person sees in each cell; knows nothing of registers."""
