"""What pages need beside the data of their address."""
