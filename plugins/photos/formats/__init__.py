"""Where things lie in an image file: JPEG segments, PNG chunks, HEIF boxes. Bytes only; nothing is decoded here."""
