"""Photographs: what they are, how large they are shown, and their pixels without anything private."""
