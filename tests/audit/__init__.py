"""What a page weighs, how fast it can be read, and what Lighthouse says of it: `inv audit` prints it, tests assert it."""
