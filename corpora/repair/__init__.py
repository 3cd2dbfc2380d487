"""How lines become sentences: furniture out, broken lines joined, speakers told, segmented."""
