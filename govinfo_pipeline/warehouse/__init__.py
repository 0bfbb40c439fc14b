"""Publish judged reports into a warehouse, whole or not at all, and read them back.

`objects` and `views` say what is in a warehouse, `record` what the gate wrote down, `audit` what must hold,
`publish` the protocol, `duckdb` the embedded engine. The only place that knows a database driver.
"""
