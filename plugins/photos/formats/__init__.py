"""Where things lie in an image file: JPEG segments, HEIF boxes. Bytes only; nothing is decoded here."""
