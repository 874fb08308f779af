# What drills of shards share: the documents, their queue and the configuration. It is sourced; $home is the program as it is
# installed.

# documents NIGHT TASKS [LEFT_OUT]: a repository of so many documents, made of the sample's, a queue with a line for each, and
# the sample's front matter agent. Documents whose path has LEFT_OUT in it are passed over.
documents() {
    local night=$1 tasks=$2 file copy=0 n=0
    mkdir -p "$night/workspace" "$night/queue" "$night/agents"
    cp "$home/sample/agents/docops.front-matter.yaml" "$night/agents/"
    while [ "$n" -lt "$tasks" ]; do
        copy=$((copy + 1))
        while read -r file; do
            [ "$n" -lt "$tasks" ] || break
            n=$((n + 1))
            mkdir -p "$night/workspace/set-$copy/$(dirname "$file")"
            cp "$home/sample/workspace/$file" "$night/workspace/set-$copy/$file"
            printf '{"id": "doc-%d", "agent": "docops.front-matter", "input": {"path": "set-%d/%s"}}\n' "$n" "$copy" "$file" \
                >> "$night/queue/documents.jsonl"
        done < <(jq -r .input.path "$home"/sample/queue/*.jsonl | grep -v -e "${3:-^$}")
    done
    git -C "$night/workspace" init -q -b main
    git -C "$night/workspace" add -A
    git -C "$night/workspace" -c user.name=drill -c user.email=drill@localhost -c gc.auto=0 commit -qm "The documents"
}

# configuration NIGHT [LINE...]: the night's configuration, with more lines of it.
configuration() {
    local night=$1
    shift
    {
        printf '%s: %s\n' workspace workspace queue queue state gathered/state log gathered/log agents agents \
            tools "$home/config/tools"
        printf '%s\n' models: "  docops-front-matter:" "    path: $home/models/docops-front-matter" "    threads: 1" "$@"
    } > "$night/pantheon-night.yaml"
}
