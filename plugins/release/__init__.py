"""Publishing without fear: a release is built, verified and only then put online; see command.py."""
