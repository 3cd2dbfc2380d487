"""The desk: cdtm in the browser of this computer."""
