"""Vietnamese text as it is read aloud: numbers, days, units and abbreviations written out in words. Pure.

    read_aloud("Kênh dài 3,2 km.").text  ->  "Kênh dài ba phẩy hai ki-lô-mét."

`numbers` is for bare numbers; `units` and `abbreviations` are tables; `papers`, `days`, `codes`, `quantities`
and `words` each have the rules for one kind of expression; `text` applies them in the only order without conflicts.
Text without a rule stays, except digits. No module here may import another room, except `vietnamese`.

No library does this: num2words only converts bare numbers, 1005 to “một nghìn lẻ năm”; vinorm, for speech synthesis,
contains a binary for Linux only, and knows neither when “1/5” is a day nor the abbreviations of the Front.
"""
