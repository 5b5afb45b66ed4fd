"""The printed bulletin of a period, and printing web pages to PDF with a browser, as `spreading` does for posters.

Which stories are published and how a body is rendered is decided elsewhere; here they are laid out on paper.
"""
