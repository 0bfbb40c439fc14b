"""Sample reports that ship with the package: the folder `reports/`, described in README.md beside it.

Owns files only. Every sentence and every figure in them is invented; the names of places are real so that
region codes resolve. They show each text layout, web pages, both forms, Traditional and Simplified
characters, clean reports, and the mistakes that issuers make.
"""
