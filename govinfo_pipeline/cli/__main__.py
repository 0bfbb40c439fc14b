"""`python -m govinfo_pipeline.cli`: the `govinfo` command."""

from govinfo_pipeline.cli.main import main

main()
