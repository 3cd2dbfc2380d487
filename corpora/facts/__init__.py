"""Numbers, dates and names as facts that both languages write in their own way."""
