"""The tests. A package so that `tests.generator` can be imported from every one of them."""
