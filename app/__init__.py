"""The front doors: parse, call one function, print the answer. The only place that prints."""
