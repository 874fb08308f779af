"""Reads mined files as a trainer does, and compares the text that it would learn with what was sent.

Usage: trainers.py FOLDER MODEL TRAINER, a TRAINER being trl, llamafactory, swift, or axolotl, each in an environment of
its own (src/bench/loaders.sh makes them); MODEL is a folder with a tokenizer and a chat template.
"""

import json
import pathlib
import sys
import tempfile

folder, model, trainer = pathlib.Path(sys.argv[1]), sys.argv[2], sys.argv[3]


def written(form):
    return [json.loads(line) for line in (folder / f"train/{form}.jsonl").read_text("utf-8").split("\n") if line]


def wanted(form):
    """Of each row the whole text: of a conversation what its last turn was sent and answered, and a line end."""
    if form == "sft_gen":
        return [row["prompt"] + row["completion"] for row in written(form)]
    last = {row["provenance"]: row["prompt"] + row["completion"] + "\n" for row in written("sft_gen")}
    return [last[row["provenance"]] for row in written(form)]


def loaded(form):
    import datasets

    return datasets.load_dataset("json", data_files=str(folder / f"train/{form}.jsonl"), split="train")


def by_trl(form):
    from transformers import AutoConfig, AutoModelForCausalLM, AutoTokenizer
    from trl import SFTConfig, SFTTrainer

    tokenizer = AutoTokenizer.from_pretrained(model)
    tiny = AutoModelForCausalLM.from_config(AutoConfig.from_pretrained(model, num_hidden_layers=1))
    with tempfile.TemporaryDirectory() as out:
        settings = SFTConfig(output_dir=out, max_length=None, use_cpu=True, bf16=False, report_to=[])
        rows = SFTTrainer(model=tiny, args=settings, train_dataset=loaded(form), processing_class=tokenizer).train_dataset
        return [tokenizer.decode(row["input_ids"]) for row in rows]


def by_llamafactory(form):
    from llamafactory.data import get_dataset, get_template_and_fix_tokenizer
    from llamafactory.hparams import get_train_args
    from llamafactory.model import load_tokenizer

    with tempfile.TemporaryDirectory() as out:
        model_args, data_args, training_args, _, _ = get_train_args(
            dict(
                model_name_or_path=model,
                stage="sft",
                do_train=True,
                dataset="pantheon_night_train_" + form,
                dataset_dir=str(folder),
                template="empty" if form == "sft_gen" else "qwen",
                output_dir=out,
                overwrite_cache=True,
                cutoff_len=100000,
                finetuning_type="full",
                use_cpu=True,
            )
        )
        module = load_tokenizer(model_args)
        template = get_template_and_fix_tokenizer(module["tokenizer"], data_args)
        rows = get_dataset(template, model_args, data_args, training_args, stage="sft", **module)["train_dataset"]
        return [module["tokenizer"].decode(row["input_ids"]) for row in rows]


def by_swift(form):
    from swift.dataset import load_dataset
    from swift.model import get_processor
    from swift.template import get_template

    tokenizer = get_processor(model, model_type="qwen2", use_hf=True)
    template = get_template(tokenizer, template_type="qwen2_5", use_chat_template=form != "sft_gen")
    template.set_mode("train")
    rows, _ = load_dataset([str(folder / f"train/{form}.jsonl")])
    return [tokenizer.decode(template.encode(dict(row))["input_ids"]) for row in rows]


def by_axolotl(form):
    from axolotl.prompt_strategies import chat_template, user_defined
    from axolotl.utils.dict import DictDefault
    from transformers import AutoTokenizer

    tokenizer = AutoTokenizer.from_pretrained(model)
    config = DictDefault(sequence_len=100000, train_on_inputs=False, chat_template="tokenizer_default")
    if form == "sft_gen":
        as_text = dict(system_prompt="", field_instruction="prompt", field_output="completion")
        as_text |= dict(format="{instruction}", no_input_format="{instruction}")
        strategy = user_defined.load(tokenizer, config, DictDefault(as_text))
    else:
        strategy = chat_template.load(tokenizer, config, DictDefault(type="chat_template"))
    return [tokenizer.decode(strategy.tokenize_prompt(dict(row))["input_ids"]) for row in loaded(form)]


TRAINERS = {
    "trl": (by_trl, ["sft_gen", "sft_tools"]),
    "llamafactory": (by_llamafactory, ["sft_gen", "sft_sharegpt"]),
    "swift": (by_swift, ["sft_gen", "sft_tools", "sft_sharegpt"]),
    "axolotl": (by_axolotl, ["sft_gen", "sft_tools"]),
}

read, forms = TRAINERS[trainer]
bad = 0
for form in forms:
    now, then = read(form), wanted(form)
    same = sum(a == b for a, b in zip(now, then))
    bad += len(now) != len(then) or same != len(then)
    print(f"{trainer}: {form}: {same} of {len(then)} rows equal", flush=True)
sys.exit(1 if bad else 0)
