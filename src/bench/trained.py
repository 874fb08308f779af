"""Trains a small model with TRL, three steps, and saves it. Usage: trained.py TOKENIZER DATA FAMILY BASE TRAINED

TOKENIZER is a folder with tokenizer.json, DATA a file of mine's prompts and completions (sft_gen.jsonl), FAMILY llama or
qwen2. BASE and TRAINED are folders to write: the model before and after.
"""

import shutil
import sys
from pathlib import Path

from datasets import load_dataset
from transformers import AutoModelForCausalLM, AutoTokenizer, LlamaConfig, Qwen2Config
from trl import SFTConfig, SFTTrainer

tokenizer, data, family, base, trained = sys.argv[1:]
files = AutoTokenizer.from_pretrained(tokenizer)
kind = {"llama": LlamaConfig, "qwen2": Qwen2Config}[family]
settings = kind(
    vocab_size=len(files),
    hidden_size=64,
    intermediate_size=128,
    num_hidden_layers=2,
    num_attention_heads=4,
    num_key_value_heads=2,
    max_position_embeddings=2048,
    tie_word_embeddings=True,
    rope_parameters={"rope_type": "default", "rope_theta": 100000.0},
    eos_token_id=files.eos_token_id,
)
AutoModelForCausalLM.from_config(settings).save_pretrained(base)
for name in ("tokenizer.json", "tokenizer_config.json"):
    shutil.copy(Path(tokenizer) / name, base)
trainer = SFTTrainer(
    model=base,
    args=SFTConfig(
        output_dir=trained + ".steps",
        max_steps=3,
        per_device_train_batch_size=1,
        max_length=None,
        report_to=[],
        use_cpu=True,
        save_strategy="no",
        bf16=False,
    ),
    train_dataset=load_dataset("json", data_files=data, split="train"),
)
trainer.train()
trainer.save_model(trained)
print(sorted(file.name for file in Path(trained).iterdir()))
