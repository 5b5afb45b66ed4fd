"""What a page weighs, how soon it is read, what Lighthouse says of it: `inv audit` prints it, tests assert it."""
