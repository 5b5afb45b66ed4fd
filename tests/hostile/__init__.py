"""Hostile input: generators of it, a closed room to try it in, and what must hold whatever comes."""
