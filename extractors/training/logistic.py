"""Logistic weights of greatest likelihood, by Newton's method."""

from __future__ import annotations

import numpy as np

ROUNDS = 30


def logistic_weights(
    values: np.ndarray, shares: np.ndarray, *, trials: int | np.ndarray, prior: float
) -> np.ndarray:
    """Return the weights under which the shares are likeliest.

    Args:
        values: Of each feature in each example. Shape: (n_examples, n_features).
        shares: Which part of an example's trials came out right, 0..1. Shape: (n_examples,).
        trials: Of each example; of all the same, or each its own. Shape: (n_examples,).
        prior: Strength of the pull to nought (a Gaussian prior).
    """
    weights = np.zeros(values.shape[1])
    for _ in range(ROUNDS):
        guess = 1.0 / (1.0 + np.exp(-values @ weights))
        slope = trials * values.T @ (shares - guess) - prior * weights
        bend = trials * (values.T * (guess * (1.0 - guess))) @ values + prior * np.eye(len(weights))
        weights += np.linalg.solve(bend, slope)
    return weights
