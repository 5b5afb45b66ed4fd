"""Sheets as people keep them, CSV or .xlsx -> the cells that a person sees, as text; knows nothing of registers."""
