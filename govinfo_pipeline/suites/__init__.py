"""What is generated from the forms: contracts, expectation suites, SQL audits, documents.

The forms are the one source (`formats/*.toml`); from them come

- `contracts`: pandera schemas of the tables that pass between assets (types, keys, closed lists);
- `catalogue`: suites of Great Expectations, one a warehouse table; `expectations` runs them;
- `render`: every generated file of the repository, written or compared.

Why two engines judge the same rules: the kernel (`verify.identities`) judges reports in process and
names causes; the suites and audits read what is about to be published, in the database that will
publish it, so that a fault between the two - a lost row, a shifted column, a wrong cast - is seen.
Tests hold the two against each other.
"""
