"""Letters: what is told becomes an e-mail, in the reader's language and the colours of the programme."""
