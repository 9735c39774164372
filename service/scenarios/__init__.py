"""What-ifs: steps on a copy of the network, and what they break, orphan and change. The store is never touched."""
