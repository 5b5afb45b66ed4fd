"""HTML of whichever program: what was copied, a page called .doc -> the HTML that the rest of this room reads."""
