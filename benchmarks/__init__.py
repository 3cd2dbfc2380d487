"""Measurements that hold quality where it is and say how fast the work is done."""
