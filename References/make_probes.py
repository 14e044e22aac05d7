"""Makes Tests/References/probes.json: what PyTorch, scikit-learn and NumPy make of small rows.

    python3 References/make_probes.py Tests/References/probes.json

Rows are integers turned into numbers by a formula, so that both sides have the very same. Adam is
PyTorch's, from a head of zeros or from its own, in the given order; logistic regression
scikit-learn's, to its end; least squares NumPy's, on centred rows and truths. Far rows have much in
common, and columns of very different sizes.
"""

import json
import sys

import numpy as np
import torch
from sklearn.linear_model import LogisticRegression

ROWS, WIDTH, CLASSES = 61, 7, 4

i, j = np.meshgrid(np.arange(ROWS), np.arange(WIDTH), indexing="ij")
labels = (np.arange(ROWS) * 5 + 1) % CLASSES
features = ((i * 7919 + j * 104729 + 13) % 1009) / 504.5 - 1 + 0.3 * ((labels[:, None] + j) % CLASSES)
features = features.astype(np.float32)


def linear(seed, width, classes):
    torch.manual_seed(seed)
    head = torch.nn.Linear(width, classes)
    return dict(weights=head.weight.tolist(), biases=head.bias.tolist())


def adam(decay, seed=None):
    torch.manual_seed(seed or 0)
    head = torch.nn.Linear(WIDTH, CLASSES)
    if seed is None:
        torch.nn.init.zeros_(head.weight)
        torch.nn.init.zeros_(head.bias)
    optimizer = torch.optim.Adam(head.parameters(), lr=0.01, weight_decay=decay)
    x, y = torch.from_numpy(features), torch.from_numpy(labels)
    losses = []
    for step in range(40):
        order = [(step * 16 + k * 7) % ROWS for k in range(16)]
        loss = torch.nn.functional.cross_entropy(head(x[order]), y[order])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return dict(weights=head.weight.tolist(), biases=head.bias.tolist(), losses=losses)


def logistic(decay):
    model = LogisticRegression(C=1 / (ROWS * decay), tol=1e-10, max_iter=10000)
    model.fit(features.astype(np.float64), labels)
    return dict(weights=model.coef_.tolist(), biases=model.intercept_.tolist())


def far_rows():
    i, j = np.meshgrid(np.arange(120), np.arange(10), indexing="ij")
    labels = (np.arange(120) * 5 + 1) % 4
    mixed = ((i * 7919 + j * 104729 + 13) % 1009) / 504.5 - 1 + 0.4 * ((labels[:, None] + j) % 4)
    return (mixed * 2.0 ** -j + 10).astype(np.float32), labels


def lowest_of_far_rows(decay):
    x, y = far_rows()
    # Newton's steps in double precision; rows less their mean have the same lowest loss.
    x = x.astype(np.float64) - x.astype(np.float64).mean(0)
    model = LogisticRegression(
        C=1 / (len(y) * decay), tol=1e-12, max_iter=100000, solver="newton-cg").fit(x, y)
    logits = model.decision_function(x)
    sums = np.log(np.exp(logits - logits.max(1, keepdims=True)).sum(1)) + logits.max(1)
    return float((sums - logits[np.arange(len(y)), y]).mean() + decay / 2 * (model.coef_**2).sum())


def ridge(decay):
    x = features.astype(np.float64)
    y = np.eye(CLASSES)[labels]
    centred = x - x.mean(0)
    scatter = centred.T @ centred
    added = decay * np.trace(scatter) / WIDTH
    weights = np.linalg.solve(scatter + added * np.eye(WIDTH), centred.T @ (y - y.mean(0))).T
    return dict(weights=weights.tolist(), biases=(y.mean(0) - weights @ x.mean(0)).tolist())


answers = dict(
    adam=adam(0.0), adamWithDecay=adam(0.1), adamFromLinear=adam(0.0, seed=7),
    linear=linear(0, 7, 4), linearOfMinusThree=linear(-3, 2, 3), logistic=logistic(0.05),
    lowestOfFarRows=lowest_of_far_rows(1e-4), leastSquares=ridge(0.01))
rounded = json.loads(json.dumps(answers), parse_float=lambda text: float(f"{float(text):.9g}"))
open(sys.argv[1], "w").write(json.dumps(rounded) + "\n")
