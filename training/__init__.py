"""From public parallel text to the shipped encoder: `python -m training`."""
