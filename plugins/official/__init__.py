"""Official documents of the Front (Nghị định 30/2020/NĐ-CP): issuer, layout in Word, and the commands' common steps.

Every .docx with a letterhead is made by `OfficialDocument`. What a particular document says belongs to its own package
(reports, recognition, letters, sending); new Word files and their bytes to `plugins.word.making`.
"""
