# The folders that vLLM serves: vllm.py GGUF IMPORTED MODEL ADAPTER
#   GGUF      weights, as model import took them
#   IMPORTED  the folder that it made of them, for the tokenizer: the one that transformers makes of a GGUF cuts texts otherwise
#   MODEL     a Hugging Face folder in bf16, is made
#   ADAPTER   a LoRA adapter of it with random weights, is made
import json
import os
import shutil
import sys

import torch
from safetensors.torch import save_file
from transformers import AutoModelForCausalLM, GgufConfig

gguf, imported, model, adapter = sys.argv[1:]
loaded = AutoModelForCausalLM.from_pretrained(
    os.path.dirname(gguf),
    gguf_file=os.path.basename(gguf),
    dtype=torch.bfloat16,
    quantization_config=GgufConfig(dequantize=True),
)
loaded.save_pretrained(model)
for name in ("tokenizer.json", "tokenizer_config.json"):
    shutil.copy(os.path.join(imported, name), model)

torch.manual_seed(1)
rank = 8
weights = {}
for name, module in loaded.named_modules():
    if name.endswith(("q_proj", "v_proj")):
        at = f"base_model.model.{name}.lora_"
        weights[at + "A.weight"] = (torch.randn(rank, module.in_features) * 0.2).to(torch.bfloat16)
        weights[at + "B.weight"] = (torch.randn(module.out_features, rank) * 0.2).to(torch.bfloat16)
os.makedirs(adapter)
save_file(weights, os.path.join(adapter, "adapter_model.safetensors"))
with open(os.path.join(adapter, "adapter_config.json"), "w") as file:
    json.dump({"peft_type": "LORA", "task_type": "CAUSAL_LM", "r": rank, "lora_alpha": 16, "lora_dropout": 0.0,
               "bias": "none", "target_modules": ["q_proj", "v_proj"]}, file)
