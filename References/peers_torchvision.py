"""torchvision beside any build of torch; import this first.

torchvision's compiled operators load only beside the build of torch that they were made for, and
without them its import stops. No transform of pictures uses them: declaring them is enough.
"""

import sys

import torch

try:
    import torchvision
except RuntimeError:
    for name in [name for name in sys.modules if name.startswith("torchvision")]:
        del sys.modules[name]
    operators = torch.library.Library("torchvision", "FRAGMENT")
    for name in ("nms", "qnms"):
        operators.define(f"{name}(Tensor dets, Tensor scores, float iou_threshold) -> Tensor")
    import torchvision
