"""The limits of a run in CI: seconds per step, and processes at once."""

# A whole run takes four minutes. MACHINE ends everything even if the process that started it has died.
MACHINE = 900
DOWNLOAD = 400
START = 120
COMMAND = 240
TESTS = 400
# Up to 65 were seen: Wine's own dozen, two pytest processes with their children, and the bundle. A broken Wine that
# starts one explorer.exe after another passes this within a minute.
PROCESSES = 300
