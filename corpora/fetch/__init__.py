"""Records by symbol from the United Nations' document service."""
