"""The tokens that optimum-intel goes on with, with the same precision. Usage: optimum_tokens.py FOLDER PRECISION IDS N"""

import os
import sys

os.environ["HF_HUB_OFFLINE"] = "1"
import torch
from optimum.intel import OVModelForCausalLM

folder, precision, ids, count = sys.argv[1:]
hint, group = {"f32": ("f32", 0), "bf16": ("bf16", 0), "int8": ("f32", 32)}[precision]
settings = {
    "INFERENCE_PRECISION_HINT": hint,
    "DYNAMIC_QUANTIZATION_GROUP_SIZE": str(group),
    "KV_CACHE_PRECISION": hint,
    "INFERENCE_NUM_THREADS": "2",
    "CACHE_DIR": "",
}
model = OVModelForCausalLM.from_pretrained(folder, device="CPU", ov_config=settings)
model.generation_config.eos_token_id = None  # it goes on behind the end of a text, as the others do
given = torch.tensor([[int(each) for each in open(ids).read().split()]])
made = model.generate(given, attention_mask=torch.ones_like(given), max_new_tokens=int(count), do_sample=False)
print(*made[0, given.shape[1] :].tolist())
