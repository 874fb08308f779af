"""What OpenVINO's own pipelines make of the same model with the same precision.

Usage: openvino_pipelines.py FOLDER PRECISION tokens IDS N        the tokens that LLMPipeline goes on with
       openvino_pipelines.py FOLDER PRECISION tasks TEXTS TASKS   tasks an hour of ContinuousBatchingPipeline, eight at once
"""
import json
import sys
import time

import numpy
import openvino
import openvino_genai

STEPS = 4


def settings(precision):
    hint, group = {"f32": ("f32", 0), "bf16": ("bf16", 0), "int8": ("f32", 32)}[precision]
    return {
        "INFERENCE_PRECISION_HINT": hint,
        "DYNAMIC_QUANTIZATION_GROUP_SIZE": group,
        "KV_CACHE_PRECISION": hint,
        "INFERENCE_NUM_THREADS": 2,
    }


def tokens(folder, precision, ids, count):
    pipeline = openvino_genai.LLMPipeline(folder, "CPU", ATTENTION_BACKEND="PA", **settings(precision))
    config = openvino_genai.GenerationConfig(max_new_tokens=count, ignore_eos=True, do_sample=False)
    given = numpy.array([[int(each) for each in open(ids).read().split()]], dtype=numpy.int64)
    mask = openvino.Tensor(numpy.ones_like(given))
    print("there", *pipeline.generate(openvino_genai.TokenizedInputs(openvino.Tensor(given), mask), config).tokens[0])


def tasks(folder, precision, texts, count):
    texts = json.load(open(texts))
    scheduler = openvino_genai.SchedulerConfig()
    scheduler.enable_prefix_caching = True
    scheduler.max_num_seqs = 8
    scheduler.cache_size = 2
    pipeline = openvino_genai.ContinuousBatchingPipeline(
        folder, scheduler, "CPU", settings(precision), {}, {})
    config = openvino_genai.GenerationConfig(max_new_tokens=96, do_sample=False, apply_chat_template=False)
    config.structured_output_config = openvino_genai.StructuredOutputConfig(json_schema=json.dumps(texts["schema"]))

    def step(prompts):
        return [each.m_generation_ids[0] for each in pipeline.generate(prompts, [config] * len(prompts))]

    step([texts["prefix"] + texts["inputs"][255]])
    start = time.time()
    for first in range(0, count, 8):
        prompts = [texts["prefix"] + texts["inputs"][task] for task in range(first, min(first + 8, count))]
        for _ in range(STEPS):
            answers = step(prompts)
            prompts = [p + a + "<|im_end|>\n" + texts["result"] for p, a in zip(prompts, answers)]
    seconds = time.time() - start
    print("GenAI, 8 at once: %.0f tasks/h, %.1f s" % (count * 3600 / seconds, seconds))


folder, precision, what, file, count = sys.argv[1:]
{"tokens": tokens, "tasks": tasks}[what](folder, precision, file, int(count))
