"""An .odt of OpenDocument -> the HTML that the rest of this room reads."""
