"""Trains what reads questions, from labelled questions, to the same bits each time. `make train`."""
