"""The analysts' page: HTML out of what graph/views/ gives, acts out of what forms send."""
