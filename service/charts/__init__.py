"""Charts as SVG, worked out here: they need no script, print, and follow the page's colours."""
