"""Document -> Report: what the document says it is, its tables and its prose. Judges nothing."""
