"""Which articles tell the same story: pure functions from texts to terms, figures, houses and scores."""
