"""What is done to the graph as a whole: imports go in and out."""
