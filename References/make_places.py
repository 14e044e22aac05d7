"""Makes Tests/References/measures/places.json: measures of where a map lies, by the packages that
people use, on small random maps.

    python3 References/make_places.py Tests/References/measures

From packages: relevance mass, rank accuracy, top-k, pointing, sparseness and complexity (quantus);
average precision (scikit-learn); overlaps of masks (pycocotools); correlations and blobs (scipy);
structural similarity (scikit-image); outlines and boxes (OpenCV). Written down again from the code
named beside them, on numpy: TorchRay's pointing game, wsolevaluation's box accuracy and pixel
precision, SCOUT's parts, the bootstrap. Maps are whole numbers of 1024ths, exact in every precision.
"""

import json
import sys
from pathlib import Path

import cv2
import numpy as np
import quantus
from pycocotools import mask as coco
from scipy import ndimage, stats
from skimage.metrics import structural_similarity
from sklearn.metrics import average_precision_score
from splitmix import SplitMix

HEIGHT, WIDTH = 24, 32
# Part by part, numbers of attributes from 1: make_gt_cub.py of peiwang062/SCOUT.
PARTS = {
    "back": [(59, 73), (237, 240)],
    "beak": [(1, 9), (150, 152), (279, 293)],
    "belly": [(198, 212), (245, 248)],
    "breast": [(55, 58), (106, 120)],
    "crown": [(95, 105), (153, 167), (294, 308)],
    "forehead": [(95, 105), (153, 167)],
    "left eye": [(136, 149), (95, 105)],
    "left leg": [(264, 278)],
    "left wing": [(10, 24), (213, 217), (309, 312)],
    "nape": [(183, 197)],
    "right eye": [(136, 149), (95, 105)],
    "right leg": [(264, 278)],
    "right wing": [(10, 24), (213, 217), (309, 312)],
    "tail": [(74, 79), (80, 94), (168, 182), (241, 244)],
    "throat": [(95, 105), (121, 135)],
}


def maps(random):
    """In 1024ths: all different; smooth; few values; signed and smooth; spots that touch."""
    smooth = lambda sigma: ndimage.gaussian_filter(random.standard_normal((HEIGHT, WIDTH)), sigma)
    scaled = lambda m, low, high: np.round(
        low + (high - low) * (m - m.min()) / (m.max() - m.min())).astype(int)
    spots = scaled(smooth(1), 0, 9) * 100 * (random.random((HEIGHT, WIDTH)) < 0.6)
    return {
        "distinct": random.permutation(HEIGHT * WIDTH).reshape(HEIGHT, WIDTH),
        "smooth": scaled(smooth(3), 0, 1000),
        "steps": scaled(smooth(2), 0, 5) * 128,
        "signed": scaled(smooth(2), -700, 900),
        "spots": spots.astype(int),
    }


def truths():
    """Boxes as x, y, width, height, or a mask's rows."""
    rows, columns = np.mgrid[:HEIGHT, :WIDTH]
    ring = (columns - 20) ** 2 + (rows - 11) ** 2
    return {
        "box": {"boxes": [[6, 4, 14, 11]]},
        "edge": {"boxes": [[22.0, 13.0, 15.0, 14.0]]},
        "two": {"boxes": [[2, 3, 7, 9], [15, 8, 9, 12]]},
        "ring": {"mask": (ring < 81) & (ring >= 6)},
    }


def pixels(truth):
    if "mask" in truth:
        return truth["mask"]
    inside = np.zeros((HEIGHT, WIDTH), bool)
    for x, y, width, height in truth["boxes"]:
        inside[int(y) : int(y + height), int(x) : int(x + width)] = True
    return inside


def corners(truth):
    """x0, y0, x1, y1 as in wsolevaluation's lists, within the picture."""
    if "mask" in truth:
        rows, columns = np.where(truth["mask"])
        return [[columns.min(), rows.min(), columns.max() + 1, rows.max() + 1]]
    return [
        [int(x), int(y), min(int(x + w), WIDTH), min(int(y + h), HEIGHT)]
        for x, y, w, h in truth["boxes"]
    ]


def by_quantus(metric, values, inside, **settings):
    metric = metric(disable_warnings=True, **settings)
    return float(metric.evaluate_batch(
        x_batch=None, a_batch=values[None].copy(), s_batch=inside[None])[0])


def coco_overlap(a, b):
    encoded = lambda m: coco.encode(np.asfortranarray(m.astype(np.uint8)))
    return float(coco.iou([encoded(a)], [encoded(b)], [0])[0, 0])


def torchray(values, inside, tolerance):
    """`PointingGame.evaluate`, at the first of the largest."""
    v, u = np.unravel_index(values.argmax(), values.shape)
    rows, columns = np.mgrid[:HEIGHT, :WIDTH]
    accepted = (rows - v) ** 2 + (columns - u) ** 2 < tolerance**2
    return bool((inside & accepted).any())


def blob(values, inside):
    """GLAS, section 4."""
    labels, count = ndimage.label(values > 0.95 * values.max(), np.ones((3, 3)))
    sizes = ndimage.sum_labels(np.ones_like(values), labels, range(1, count + 1))
    row, column = ndimage.center_of_mass(labels == 1 + sizes.argmax())
    return bool(inside[int(np.floor(row + 0.5)), int(np.floor(column + 0.5))])


def unit(values):
    return (values - values.min()) / (values.max() - values.min())


def box_overlap(a, b):
    across = min(a[2], b[2]) - max(a[0], b[0]) + 1
    down = min(a[3], b[3]) - max(a[1], b[1]) + 1
    both = max(0, across) * max(0, down)
    area = lambda box: (box[2] - box[0] + 1) * (box[3] - box[1] + 1)
    return both / (area(a) + area(b) - both)


def box_overlaps(values, truth, thresholds, every):
    """wsolevaluation's `compute_bboxes_from_scoremaps` and `BoxEvaluator.accumulate`."""
    grey = (unit(values) * 255).astype(np.uint8)
    found = []
    for threshold in thresholds:
        bright = (grey > int(threshold * np.max(grey))).astype(np.uint8) * 255
        contours = cv2.findContours(bright, cv2.RETR_TREE, cv2.CHAIN_APPROX_SIMPLE)[0]
        boxes = [[0, 0, 0, 0]]
        if contours:
            boxes = []
            for contour in contours if every else [max(contours, key=cv2.contourArea)]:
                x, y, width, height = cv2.boundingRect(contour)
                boxes.append([x, y, min(x + width, WIDTH - 1), min(y + height, HEIGHT - 1)])
        found.append(max(box_overlap(a, b) for a in boxes for b in corners(truth)))
    return found


def pixel_precision(pairs, thresholds):
    """wsolevaluation's `MaskEvaluator`, as a share."""
    edges = np.append(thresholds, [1.0, 2.0, 3.0])
    inside, outside = np.zeros(len(edges) - 1), np.zeros(len(edges) - 1)
    for values, truth in pairs:
        inside += np.histogram(unit(values)[truth], edges)[0]
        outside += np.histogram(unit(values)[~truth], edges)[0]
    hits, misses = inside[::-1].cumsum(), outside[::-1].cumsum()
    some = (hits + misses) != 0
    precision = hits / np.maximum(hits + misses, 1)
    return float((precision[1:] * np.diff(hits / inside.sum()))[some[1:]].sum())


def on_places(values, truth):
    inside = pixels(truth)
    clipped = np.maximum(values, 0)
    order = np.argsort(-values, axis=None, kind="stable")
    best = lambda k: float(inside.flatten()[order[:k]].mean())
    thresholds = [i * 0.01 for i in range(100)]
    rounded = lambda numbers: [round(number, 9) for number in numbers]
    answers = {
        "energy": by_quantus(quantus.RelevanceMassAccuracy, clipped, inside),
        "average-precision": float(average_precision_score(inside.flatten(), values.flatten())),
        "rank-accuracy": best(inside.sum()),
        "top-100": best(100),
        "pointing": bool(inside.flatten()[values.argmax()]),
        "pointing-2": torchray(values, inside, 2),
        "pointing-5": torchray(values, inside, 5),
        "blob": blob(values, inside),
        "overlap-20": coco_overlap(unit(values) >= 0.2, inside),
        "overlap-mean": coco_overlap(values > values.mean(), inside),
        "overlap-best": max(coco_overlap(values >= t, inside) for t in np.unique(values)),
        "largest-box": rounded(box_overlaps(values, truth, thresholds, False)),
        "any-box": rounded(box_overlaps(values, truth, thresholds, True)),
    }
    if len(np.unique(values)) == values.size:
        # Where pixels are equal, the package leaves their order to a sort that is not stable.
        for name, metric in [
            ("rank-accuracy", quantus.RelevanceRankAccuracy), ("top-100", quantus.TopKIntersection)]:
            settings = {"k": 100} if name == "top-100" else {}
            assert abs(by_quantus(metric, values, inside, **settings) - answers[name]) < 1e-12
        assert by_quantus(quantus.PointingGame, values, inside) == answers["pointing"]
    return answers


def alone(values):
    scaled = np.abs(values) / np.abs(values).max()
    return {
        "sparseness": by_quantus(quantus.Sparseness, scaled, scaled),
        "complexity": by_quantus(quantus.Complexity, scaled, scaled),
    }


def together(a, b):
    wang = dict(gaussian_weights=True, sigma=1.5, use_sample_covariance=False, data_range=1.0)
    return {
        "pearson": float(stats.pearsonr(a.flatten(), b.flatten())[0]),
        "spearman": float(stats.spearmanr(a.flatten(), b.flatten())[0]),
        "ssim": float(structural_similarity(unit(a), unit(b), **wang)),
    }


def softmax(rows):
    powers = np.exp(rows - rows.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


def discriminant(percentages):
    """make_gt_cub.py."""
    classes = len(percentages)
    values = np.zeros((classes, classes, len(PARTS)))
    for place, groups in enumerate(PARTS.values()):
        for first, last in groups:
            shares = softmax(percentages[:, first - 1 : last])
            p, q = shares[:, None], shares[None]
            terms = p * np.log(2 * p / (p + q)) + q * np.log(2 * q / (p + q))
            values[:, :, place] += terms.sum(axis=2) / len(groups)
    threshold = np.sort(values.flatten())[int(0.2 * classes * classes * len(PARTS))]
    pairs = [
        {"classes": [a, b], "parts": [
            name for place, name in enumerate(PARTS) if values[a, b, place] > threshold]}
        for a in range(classes) for b in range(a)]
    return float(threshold), values, pairs


def lit(values, points, share):
    """Names of parts above the k-th largest value: cf_ss_res_cub.py and cf_PIoU_ss_res_cub.py."""
    threshold = np.sort(values.flatten())[int(-share * values.size)]
    return {name for name, (x, y) in points.items() if values[y, x] > threshold}


def counterfactual(random, values, other):
    places = lambda count: {
        name: (int(random.integers(WIDTH)), int(random.integers(HEIGHT)))
        for name in random.permutation(list(PARTS))[:count]}
    # SCOUT counts pixels, so that no two parts may share one for parts to be counted alike.
    points, others = places(13), places(12)
    assert len(set(points.values())) == 13 and len(set(others.values())) == 12
    wanted = ["beak", "crown", "left wing", "nape", "tail", "throat", "left eye", "belly"]
    scores = []
    for share in [0.01, 0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 0.9]:
        bright = lit(values, points, share)
        hits, seen = bright & set(wanted), set(points) & set(wanted)
        both = set(points) & set(others)
        a, b = bright & both, lit(other, others, share) & both
        scores.append({
            "share": share,
            "recall": len(hits) / len(seen) if seen else None,
            "precision": len(hits) / len(bright) if bright else None,
            "piou": len(a & b) / len(a | b) if a and b else None})
    return {
        "points": {name: list(place) for name, place in points.items()},
        "others": {name: list(place) for name, place in others.items()},
        "discriminant": wanted, "scores": scores}


def bootstrap(groups, draws, seed):
    means = []
    for draw in range(draws):
        random = SplitMix(seed, draw)
        drawn = [groups[random.next() % len(groups)] for _ in groups]
        means.append(sum(map(sum, drawn)) / sum(map(len, drawn)))
    return [float(np.percentile(means, q)) for q in (2.5, 97.5)]


def main(folder):
    random = np.random.default_rng(20)
    whole = maps(random)
    values = {name: map / 1024 for name, map in whole.items()}
    places = truths()
    pairs = [(m, t) for m in whole for t in places]
    fine = [i * 0.001 for i in range(1000)]
    accuracies = {}
    for name, every in [("largest", False), ("all", True)]:
        found = np.array([box_overlaps(values[m], places[t], fine, every) for m, t in pairs])
        accuracies[name] = [float((found >= d).mean(axis=0).max()) for d in (0.3, 0.5, 0.7)]
    percentages = random.integers(0, 101, (5, 312)) // 4 * 4
    threshold, divergences, differing = discriminant(percentages.astype(float))
    groups = [
        [round(float(x), 4) for x in random.normal(0.5, 0.2, int(random.integers(1, 5)))]
        for _ in range(12)]
    answers = {
        "width": WIDTH, "height": HEIGHT,
        "maps": {name: map.flatten().tolist() for name, map in whole.items()},
        "truths": {
            name: {"boxes": truth["boxes"]} if "boxes" in truth
            else {"mask": "".join("01"[int(p)] for p in truth["mask"].flatten())}
            for name, truth in places.items()},
        "places": [
            {"map": m, "truth": t, **on_places(values[m], places[t])} for m, t in pairs],
        "alone": {name: alone(map) for name, map in values.items()},
        "together": [
            {"first": a, "second": b, **together(values[a], values[b])}
            for a in whole for b in whole if a <= b],
        "box-accuracy": accuracies,
        "pixel-precision": pixel_precision(
            [(values[m], pixels(places[t])) for m, t in pairs], fine),
        "percentages": percentages.tolist(),
        "discriminant": {
            "threshold": threshold, "pairs": differing,
            "divergences": {
                name: divergences[3, 1, place] for place, name in enumerate(PARTS)}},
        "parts": counterfactual(random, values["distinct"], values["smooth"]),
        "bootstrap": {
            "groups": groups, "draws": 400, "seed": 7, "interval": bootstrap(groups, 400, 7)},
        # What quantus says of a map when there is nothing to point at.
        "quantus-pointing-at-nothing": by_quantus(
            quantus.PointingGame, values["smooth"], np.zeros((HEIGHT, WIDTH), bool)),
    }
    folder.mkdir(parents=True, exist_ok=True)
    text = json.dumps(answers, separators=(",", ":"))
    (folder / "places.json").write_text(text + "\n")
    print(len(text), "bytes")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
