"""Where the pieces are put together: settings, urls, servers."""
