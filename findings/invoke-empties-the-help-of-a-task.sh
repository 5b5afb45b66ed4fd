#!/bin/sh
# invoke 3.0.3: Task.get_arguments() takes the words of `help` out of the task's own dict as it hands them to the arguments.
# Collection.to_contexts() calls it for every task, so that after one parsing a task's `help` is {}, a second parsing gives
# arguments without help, and a program that runs twice in one process prints --help without the words of any option
# (invoke/tasks.py, get_arguments: `self.help.pop`). Ours shows the help of tasks on pages: plugins/staff_program.py:read_tasks
# reads them from a module of their own (tests/preview/test_handbook.py). Exits 0 while this is so.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv env
env/bin/python -m pip install --quiet 'invoke==3.0.3'
cat > read.py <<'PYTHON'
import io
import sys
from contextlib import redirect_stdout

from invoke import Collection, Program, task


@task(help={"name": "who is greeted"})
def greet(context, name=""):
    """Greet."""


printed = []
program = Program(namespace=Collection(greet), version="1")
for number in (1, 2):
    with redirect_stdout(io.StringIO()) as out:
        program.run("inv --help greet", exit=False)
    printed.append("who is greeted" in out.getvalue())
    print(f"run {number}: the help of --name is printed: {printed[-1]}; help of the task: {greet.help}")
if printed != [True, False] or greet.help != {}:
    sys.exit("changed")
PYTHON
env/bin/python read.py
