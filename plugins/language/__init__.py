"""How a story reads: gentle advice on its Vietnamese and on the privacy of those named in it. Never a refusal."""
