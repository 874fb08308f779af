#!/usr/bin/env bash
# The engine before the real vLLM, on the CPU, with SmolLM2-135M: the contract of engines, as RealVllm has it, and a night of
# the sample, before each backend of grammars. vLLM is too large for every build: 6 GB are fetched, its processes take
# 5 GB of memory, and a start takes minutes.
#
# Usage: src/bench/vllm.sh WORK [BACKEND...]
#   WORK     a folder for what is fetched and made; a second run finds the packages there
#   BACKEND  guidance, xgrammar or auto (default: all three)
# Build first with `mvn -q package -DskipTests`, and run src/test/setup.sh, which brings the weights. Needs Python 3.11 or
# later with venv. VLLM_VENV names a virtual environment that has the packages of src/bench/vllm.txt already. TASKS is how many
# of the sample's tasks a night has (default: all).
set -euo pipefail
mkdir -p "$1"
work=$(readlink -f "$1")
shift
[ $# -gt 0 ] || set -- guidance xgrammar auto
cd "$(dirname "$0")/../.."
program=$PWD/target/pantheon-night
gguf=$PWD/target/models/SmolLM2-135M-Instruct.Q4_1.gguf
venv=${VLLM_VENV:-$work/venv}
socket=$work/vllm.sock

# Its own package asks for torch==2.13.0+cpu, which PyPI has not; the list names PyPI's, so nothing is resolved anew.
if [ -z "${VLLM_VENV:-}" ] && [ ! -e "$venv/ready" ]; then
    python3 -m venv "$venv"
    "$venv/bin/python" -m pip install -q uv==0.13.9
    UV_CACHE_DIR=$work/uv "$venv/bin/uv" pip install -q --python "$venv/bin/python" --no-deps -r src/bench/vllm.txt
    rm -rf "$work/uv"
    touch "$venv/ready"
fi
[ -e "$work/imported" ] || "$program/bin/pantheon-night" model import "$gguf" "$work/imported"
if [ ! -e "$work/adapter/adapter_config.json" ]; then
    rm -rf "$work/model" "$work/adapter"
    HF_HUB_OFFLINE=1 "$venv/bin/python" src/bench/vllm.py "$gguf" "$work/imported" \
        "$work/model" "$work/adapter" >"$work/model.log" 2>&1
fi

server=
stop() {
    [ -z "$server" ] || kill -- "-$server" 2>/dev/null || true
    [ -z "$server" ] || wait "$server" 2>/dev/null || true
    server=
    rm -f "$socket"
}
trap stop EXIT

# The command `vllm` does not start from this package. Without a compiler at hand it needs --enforce-eager.
serve() {
    local config="{\"backend\":\"$1\",\"disable_any_whitespace\":true}"
    [ "$1" != auto ] || config='{"backend":"auto"}'
    env HOME="$work/home" HF_HUB_OFFLINE=1 VLLM_NO_USAGE_STATS=1 DO_NOT_TRACK=1 VLLM_CPU_KVCACHE_SPACE=1 \
        VLLM_CACHE_ROOT="$work/cache" TORCHINDUCTOR_CACHE_DIR="$work/cache" \
        setsid "$venv/bin/python" -m vllm.entrypoints.openai.api_server --model "$work/model" --served-model-name smollm2 \
        --uds "$socket" --max-model-len 2048 --block-size 32 --enforce-eager --enable-prompt-tokens-details \
        --structured-outputs-config "$config" --enable-lora --max-lora-rank 8 --lora-modules "docs=$work/adapter" \
        >"$work/$1.log" 2>&1 </dev/null &
    server=$!
    for ((i = 0; i < 900; i++)); do
        kill -0 "$server" 2>/dev/null || { tail -20 "$work/$1.log" >&2; exit 1; }
        ! curl -sf --unix-socket "$socket" http://localhost/health || return 0
        sleep 1
    done
    echo "vLLM is not ready after 15 minutes; see $work/$1.log" >&2
    exit 1
}

contract() {
    local rc=0
    mvn -q -B -ntp surefire:test -Dtest=RealVllm -Dvllm.socket="$socket" \
        -Dvllm.tokenizer="$3" -Dvllm.grammar="$2" -Dvllm.adapter=docs >"$work/contract-$1.txt" 2>&1 || rc=$?
    grep -h 'tests=' target/surefire-reports/TEST-pantheon.night.engine.server.RealVllm.xml \
        | sed -n "s/.*tests=\"\([0-9]*\)\" errors=\"\([0-9]*\)\" skipped=\"\([0-9]*\)\" failures=\"\([0-9]*\)\".*/$1, ${4}: \1 tests, \2 errors, \4 failures/p"
    [ $rc -eq 0 ] || { grep -h 'ERROR.*RealVllm\|FAIL' "$work/contract-$1.txt" | head -20; failed=1; }
}

night() {
    rm -rf "$work/night"
    mkdir -p "$work/night"
    cp -r "$program/sample/." "$work/night"
    [ -z "${TASKS:-}" ] || sed -i "$((TASKS + 1)),\$d" "$work/night/queue/front-matter.jsonl"
    git -C "$work/night/workspace" init -q -b main
    git -C "$work/night/workspace" add -A
    git -C "$work/night/workspace" -c user.name=bench -c user.email=bench@localhost commit -qm "The documents"
    cat >"$work/night/pantheon-night.yaml" <<YAML
agents: $program/config/agents
models:
  docops-front-matter:
    engine: server
    socket: $socket
    tokenizer: $work/imported
YAML
    "$program/bin/pantheon-night" --json --config "$work/night/pantheon-night.yaml" >"$work/night/result.json" 2>"$work/night/err.txt" \
        || { cat "$work/night/err.txt"; failed=1; return; }
    "$program/bin/pantheon-night" verify --config "$work/night/pantheon-night.yaml" "$(jq -r .run "$work/night/result.json")" \
        >"$work/night/verify.txt" || { cat "$work/night/verify.txt"; failed=1; }
    jq -rs --arg name "$1" '
        map(select(.type | test("generation.received"))) as $turns
        | map(select(.type | test("task.finished"))) as $tasks
        | ($turns | map(.data["gen_ai.usage.input_tokens"]) | add) as $in
        | "\($name), the sample: \($tasks | length) tasks, \($turns | length) turns, \(map(select(.type | test("call.rejected"))) | length) off the schemas, \(100 * ($turns | map(.data["gen_ai.usage.cache_read.input_tokens"]) | add) / $in | round) % of the prompts cached; \($tasks | group_by(.data["night.finish_reason"]) | map("\(length) \(.[0].data["night.finish_reason"])") | join(", "))"' \
        "$work"/night/log/*.jsonl
}

failed=0
mvn -q -B -ntp test-compile
for backend in "$@"; do
    language=lark
    [ "$backend" != xgrammar ] || language=ebnf
    serve "$backend"
    contract "$backend" "$language" "$work/imported" "prompts as ids"
    contract "$backend" "$language" "" "prompts as text"
    night "$backend"
    stop
done
exit $failed
