"""What an editor sees while writing: the site as it will be, drafts and all, on this machine alone."""
