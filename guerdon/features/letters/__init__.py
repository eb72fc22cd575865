"""Letters: the queue of e-mails, and which kinds members want."""
