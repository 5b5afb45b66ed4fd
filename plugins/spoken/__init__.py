"""How Vietnamese is read aloud: numbers, days, units and abbreviations written out as they are said. Pure.

    read_aloud("3,2 km, 46 hộ")  ->  "ba phẩy hai ki-lô-mét, bốn mươi sáu hộ"

`numbers` says numbers alone; `tables` holds units and abbreviations; `days`, `signs` and `words` each read one kind of
thing where it stands in a text; `text` joins them in the one order in which they do not take each other's part.
"""
