"""How Vietnamese is read aloud: numbers, days, units and abbreviations written out as they are said. Pure.

    read_aloud("Kênh dài 3,2 km.").text  ->  "Kênh dài ba phẩy hai ki-lô-mét."

`numbers` says numbers alone; `units` and `abbreviations` are tables; `papers`, `days`, `clock`, `codes`, `quantities`
and `words` each read one kind of thing where it stands in a text; `text` joins them in the one order in which they do
not take each other's part. What no rule knows is left as it is, but that no digit is.

No library does this: num2words says bare numbers alone, and 1005 as “một nghìn lẻ năm”; vinorm, made to prepare texts
for speech machines, carries a program compiled for Linux alone, and knows neither where “1/5” is a day nor our
abbreviations.
"""
