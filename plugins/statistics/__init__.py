"""Statistics of any span of days, as an annex for whoever asks for numbers."""
