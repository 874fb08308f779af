"""Saves a GGUF file as a Hugging Face folder with its weights dequantised. Usage: as_huggingface.py GGUF FOLDER [SHARD]

SHARD is the most that a file of weights has, 5GB unless it is said.
"""

import sys
from pathlib import Path

import torch
from transformers import AutoModelForCausalLM, AutoTokenizer

gguf, folder = Path(sys.argv[1]), sys.argv[2]
shard = sys.argv[3] if len(sys.argv) > 3 else "5GB"
loaded = AutoModelForCausalLM.from_pretrained(gguf.parent, gguf_file=gguf.name, dtype=torch.float32)
loaded.hf_quantizer = None  # its weights are plain numbers now
del loaded.config.quantization_config
loaded.save_pretrained(folder, max_shard_size=shard)
AutoTokenizer.from_pretrained(gguf.parent, gguf_file=gguf.name).save_pretrained(folder)
