"""How a file becomes lines: TXT, PDF, DOCX."""
