"""Reviews and commendations: papers made from the register, and their results entered into it as acts.

Comparing and writing registers belongs to `plugins.registers`, the layout of papers to `plugins.official`.
"""
