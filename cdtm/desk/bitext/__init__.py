"""What the desk does with a record: its rows moved, judged, drawn, and the files behind them."""
