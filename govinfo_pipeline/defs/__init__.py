"""All that knows Dagster: assets, checks, resources, partitions, storage, automation, the component.

Bodies are thin: the work is in `line` and below, which know nothing of Dagster. `build.build_defs` puts the
definitions together; `govinfo_pipeline.definitions` is the code location.
"""
