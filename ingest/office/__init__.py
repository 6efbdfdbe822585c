"""Office files and what is like them: Word, slides, sheets, OpenDocument, RTF."""
