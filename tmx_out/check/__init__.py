"""Why a CAT tool would refuse a TMX."""
