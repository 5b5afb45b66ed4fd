"""What CI allows: how long each step may take, in seconds, and how many processes there may be at once."""

# All of it takes four minutes; a step that waits for something that never comes is ended long after that, and the
# machine with everything in it even when nobody is left to end it.
MACHINE = 900
DOWNLOAD = 400
START = 120
COMMAND = 240
TESTS = 400
# Wine's own are a dozen, those of a desk at work twenty.
PROCESSES = 120
