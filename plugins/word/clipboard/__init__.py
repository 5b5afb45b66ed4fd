"""What was copied in Word, Zalo or a browser -> the HTML that the rest of this room reads."""
