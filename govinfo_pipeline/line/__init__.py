"""The steps of the line, batch in, batch out, as an orchestrator or the command line puts them together.

`settings` says where everything lies, `intake` brings files into the archive and tells which year they are of,
`steps` reads, numbers, judges and publishes the files of a year, `changes` says which years need it, `story`
tells people what became of each file. Owns the order of the data; knows nothing of Dagster.
"""
