"""Raw files as they were published: content-addressed, with origin and time found, never changed.

`store` keeps them, `scan` lists a folder or a file list, `fetch` gets an address (import it apart: it costs a
network stack). Refuses to interpret: what a file says, which report it is and whether it is any good is
decided up the line. A corrected file at a known address is another object; an object's place in the order of
first found (`Archive.order`) is what revisions are numbered by.
"""

from govinfo_pipeline.archive.scan import Problem, scan
from govinfo_pipeline.archive.store import Archive, Entry, Item, media_type_of, read_path

__all__ = ["Archive", "Entry", "Item", "Problem", "media_type_of", "read_path", "scan"]
