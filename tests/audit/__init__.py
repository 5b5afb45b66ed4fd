"""The weight of a page, its time to text, its Lighthouse scores: `inv audit` prints them, tests assert them."""
