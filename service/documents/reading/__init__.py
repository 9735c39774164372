"""Files of councils (.txt .md .html .docx .pdf) as one kind of value: text, passages, and where each stands."""
