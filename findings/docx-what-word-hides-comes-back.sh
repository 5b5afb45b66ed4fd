#!/bin/sh
# A Word file holds more than Word shows. Readers that turn it into HTML or Markdown bring some of it back, without a word:
#   mammoth 1.13.0, pandoc 3.9 (pypandoc_binary 1.17), markitdown 0.1.9: text set as hidden (w:vanish, ECMA-376 17.3.2.41)
#   pandoc 3.9: a table's row that was deleted with tracked changes on (w:trPr/w:del, ECMA-376 17.13.5.12)
# What an author hid in a story of a named person would stand on a public page. Ours leaves both out and counts them
# (plugins/word/docx/, tests/word/test_docx_kinds.py). Exits 0 while this is so.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv env
env/bin/python -m pip install --quiet 'mammoth==1.13.0' 'pypandoc_binary==1.17' 'markitdown[docx]==0.1.9'
cat > make.py <<'PYTHON'
import zipfile

OFFICE = "http://schemas.openxmlformats.org"
W = f'xmlns:w="{OFFICE}/wordprocessingml/2006/main"'
TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
RELS = "application/vnd.openxmlformats-package.relationships+xml"
HIDDEN = """<w:p><w:r><w:t xml:space="preserve">Shown </w:t></w:r>
<w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r></w:p>"""
DELETED = """<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/></w:tblGrid>
<w:tr><w:tc><w:p><w:r><w:t>Kept</w:t></w:r></w:p></w:tc></w:tr>
<w:tr><w:trPr><w:del w:id="1" w:author="A" w:date="2020-08-19T00:00:00Z"/></w:trPr>
<w:tc><w:p><w:r><w:t>deleted</w:t></w:r></w:p></w:tc></w:tr></w:tbl><w:p/>"""
for name, body in (("hidden", HIDDEN), ("deleted", DELETED)):
    with zipfile.ZipFile(f"{name}.docx", "w") as package:
        package.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{OFFICE}/package/2006/content-types"><Default Extension="rels" ContentType="{RELS}"/>'
            f'<Override PartName="/word/document.xml" ContentType="{TYPE}"/></Types>',
        )
        package.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{OFFICE}/package/2006/relationships"><Relationship Id="r1" '
            f'Type="{OFFICE}/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>',
        )
        package.writestr("word/document.xml", f"<w:document {W}><w:body>{body}</w:body></w:document>")
PYTHON
cat > read.py <<'PYTHON'
import sys

import mammoth
import pypandoc
from markitdown import MarkItDown

found = {}
for name in ("hidden", "deleted"):
    with open(f"{name}.docx", "rb") as file:
        found["mammoth", name] = mammoth.convert_to_html(file).value
    found["pandoc", name] = pypandoc.convert_file(f"{name}.docx", "html")
    found["markitdown", name] = MarkItDown().convert(f"{name}.docx").text_content
back = sorted(reader for (reader, name), text in found.items() if name == "hidden" and "hidden" in text)
rows = sorted(reader for (reader, name), text in found.items() if name == "deleted" and "deleted" in text)
print("hidden text comes back from:", ", ".join(back))
print("a deleted row comes back from:", ", ".join(rows))
if (back, rows) != (["mammoth", "markitdown", "pandoc"], ["pandoc"]):
    sys.exit("changed")
PYTHON
env/bin/python make.py
env/bin/python read.py
