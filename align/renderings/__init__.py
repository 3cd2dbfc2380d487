"""What renders a text on the other side: anchors, learnt translations, places, ranking."""
