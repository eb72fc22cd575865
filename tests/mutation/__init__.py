"""Small faults planted in the law and the ledger one at a time; each should be found by a test."""
