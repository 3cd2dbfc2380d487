"""Parts of a DOCX: its package, styles, equations and line breaks."""
