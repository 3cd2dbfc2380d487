"""How good alignments are: against gold, by probability, by sample."""
