"""Reviewing and commending: papers made from the register, and the acts that they end in written back into it."""
