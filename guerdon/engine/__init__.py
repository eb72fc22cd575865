"""The conductor: gathers what a batch needs, lets the law decide, commits in one transaction."""
