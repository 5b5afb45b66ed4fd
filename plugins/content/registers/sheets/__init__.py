"""Read CSV files and workbooks as the text that is displayed in each cell. Nothing here knows registers."""
