"""Bytes -> Document: one reader a media type, all into `model.Document`."""
