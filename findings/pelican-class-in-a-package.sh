#!/bin/sh
# Pelican 4.12.0: PELICAN_CLASS, a documented setting, takes a class of a top-level module only. A class of a module in a
# package ("pkg.mod.Own") ends in AttributeError: the name is cut at its last point, and __import__ returns the package.
# Ours is therefore named "plugins.SitePelican" (plugins/__init__.py). Exits 0 while this is so.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv env
env/bin/python -m pip install --quiet 'pelican[markdown]==4.12.0'
mkdir -p content pkg
printf 'Title: One\nDate: 2020-08-19\n\nWords.\n' > content/one.md
: > pkg/__init__.py
printf 'from pelican import Pelican\n\nclass Own(Pelican):\n    pass\n' > pkg/mod.py
cp pkg/mod.py top.py
printf 'PELICAN_CLASS = "top.Own"\n' > top_settings.py
printf 'PELICAN_CLASS = "pkg.mod.Own"\n' > pkg_settings.py
PYTHONPATH=. env/bin/python -m pelican content -s top_settings.py -o out > top.txt 2>&1
if PYTHONPATH=. env/bin/python -m pelican content -s pkg_settings.py -o out > pkg.txt 2>&1; then
  echo 'changed: a class of a module in a package is found'
  exit 1
fi
grep -q "AttributeError" pkg.txt || { echo 'changed: another error'; cat pkg.txt; exit 1; }
echo "pelican 4.12.0: top.Own runs, pkg.mod.Own ends in AttributeError"
