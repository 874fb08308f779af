#!/usr/bin/env bash
# Records nights, and what the program makes of them, as data of the tests: GoldenNightsTest and GoldenReplayIT compare
# what the present program makes of the same nights. Nights are recorded once for a version and never again.
#
#   src/test/golden.sh record PROGRAM DATA    # nights on parts of the sample; what is in DATA is replaced
#   src/test/golden.sh expect PROGRAM DATA    # only what the program makes of the nights in DATA
#
# PROGRAM is the folder of an installed program. Recording needs root: it runs in namespaces of its own, where the machine
# is nobody's and there is no network.
set -euo pipefail

verb=$1 home=$(readlink -f "$2") data=$(readlink -m "$3")
program=$home/bin/pantheon-night
source=$(readlink -f "$(dirname "$0")/../..")
at=/tmp/pantheon-night-$verb
export TZ=UTC LC_ALL=C.UTF-8 HOME=$at/home

if [ "$verb" = record ] && [ -z "${GOLDEN_NAMESPACE:-}" ]; then
    GOLDEN_NAMESPACE=1 unshare --mount --net "$0" "$@"
    exec "$0" expect "$home" "$data"
fi

# --- recording

a_machine_of_nobody() {
    ip link set lo up
    printf 'model name\t: A processor\n' >$at/cpuinfo
    printf 'MemTotal:       16777216 kB\n' >$at/meminfo
    mount --bind $at/cpuinfo /proc/cpuinfo
    mount --bind $at/meminfo /proc/meminfo
}

# lay_out PLACE DOCUMENT... makes a place, whose repository has these documents.
lay_out() {
    place=$at/$1
    shift
    mkdir -p $place/queue $place/agents $place/tools $place/workspace
    cp -R "$home/models/docops-front-matter" $place/model
    (
        cd "$source/src/main/sample/workspace"
        cp --parents "$@" $place/workspace
    )
    git -C $place/workspace init -q -b main --template=
    git -C $place/workspace add .
    GIT_COMMITTER_DATE=2026-11-01T00:00:00Z git -C $place/workspace -c user.name=people -c user.email=people@localhost \
        commit -q --date 2026-11-01T00:00:00Z -m 'The documents as people left them'
    cat >$place/pantheon-night.yaml <<'END'
workspace: workspace
queue: queue
state: state
log: log
agents: agents
tools: tools
models:
  docops-front-matter:
    path: model
END
    agent=$home/sample/agents/docops.front-matter.yaml
    cp "$agent" $place/agents/
    # A program of the system makes the slug.
    sed -e 's/^name: docops.front-matter/name: docops.by-command/' -e 's/name: slug_of$/name: slug_of_text/' \
        -e '/use: title_from_heading/d' -e '/use: slug_of_title/d' "$agent" >$place/agents/docops.by-command.yaml
    # Its answers are cut off and rejected; its steps do not suffice; its tokens neither.
    sed -e 's/^name: .*/name: docops.short/' -e 's/stepTokens: .*/stepTokens: 24/' "$agent" >$place/agents/docops.short.yaml
    sed -e 's/^name: .*/name: docops.few/' -e 's/steps: .*/steps: 2/' "$agent" >$place/agents/docops.few.yaml
    sed -e 's/^name: .*/name: docops.spent/' -e 's/taskTokens: .*/taskTokens: 60/' "$agent" >$place/agents/docops.spent.yaml
    cat >$place/tools/slug_of_text.yaml <<'END'
name: slug_of_text
description: Make the slug of a text.
run: [sh, -c, 'sleep 0.3; case "$2" in *host*) exit 3;; esac; printf %s "$2" | tr A-Z a-z | tr -cs a-z0-9 -', slug, --, "{text}"]
arguments:
  type: object
  properties: {text: {type: string, minLength: 1, maxLength: 2000}}
  required: [text]
  additionalProperties: false
result:
  type: object
  properties: {exit_code: {const: 0}, stdout: {type: string}, stderr: {const: ""}}
  required: [exit_code, stdout, stderr]
  additionalProperties: false
exits: [0]
directory: workspace
writes: nothing
stable: true
bounds: {time: 1m, cpuSeconds: 5, memoryMegabytes: 512, processes: 8, fileMegabytes: 1, openFiles: 64,
         outputKilobytes: 64, shownCharacters: 4000}
END
}

# queue ID AGENT DOCUMENT [PRIORITY]
queue() {
    printf '{"id": "%s", "agent": "docops.%s", "input": {"path": "%s"}, "priority": %s}\n' "$1" "$2" "$3" "${4:-0}" \
        >>$place/queue/tasks.jsonl
}

newest() { ls $place/log/*.jsonl | tail -n 1; }

night() {
    sleep 1.1 # a night's id has a second
    local status=0
    "$program" --config $place/pantheon-night.yaml "$@" >$at/said 2>&1 || status=$?
    echo "$(basename $place) $*: exit $status, $(tail -n 1 $at/said)"
}

# disturbed SIGNAL TEXT [OPTION...]: a night that gets the signal when the text is in the journal it writes.
disturbed() {
    local signal=$1 text=$2 lines pid
    shift 2
    sleep 1.1
    lines=$(cat $place/log/*.jsonl 2>/dev/null | wc -l)
    "$program" --config $place/pantheon-night.yaml "$@" >$at/said 2>&1 &
    pid=$!
    until cat $place/log/*.jsonl 2>/dev/null | tail -n "+$((lines + 1))" | grep -q "$text"; do
        kill -0 $pid || { cat $at/said; exit 1; }
        sleep 0.01
    done
    kill -$signal $pid
    wait $pid || echo "$(basename $place) $*: signal $signal, exit $?"
}

called='tool.called.*"slug_of_text"'

# Nights of every kind, and the list of one that was pruned.
record_nights() {
    lay_out nights docs/{keys,install,bom,cjk,faq,glossary,umlauts,eviction,prompt-injection,windows-line-ends}.md \
        runbooks/{upgrade,contacts,ghost-entry}.md adr/000{1-one-binary,3-local-socket}.md \
        guides/{style,ci,tuning,backup,plugins,monorepo,migrating}.md releases/1.0.0.md
    queue keys front-matter docs/keys.md
    queue style front-matter guides/style.md
    night
    queue install front-matter docs/install.md 9
    queue install-again front-matter docs/install.md 8
    queue install-by-command by-command docs/install.md 7
    queue upgrade front-matter runbooks/upgrade.md
    queue contacts front-matter runbooks/contacts.md
    queue bom front-matter docs/bom.md
    queue injection front-matter docs/prompt-injection.md
    queue missing front-matter docs/no-such.md
    queue short short docs/faq.md
    queue few few docs/glossary.md
    queue spent spent docs/eviction.md
    queue cjk by-command docs/cjk.md
    queue ghost by-command runbooks/ghost-entry.md
    night
    night prune --nights 1
    queue one-binary front-matter adr/0001-one-binary.md 9
    queue local-socket by-command adr/0003-local-socket.md 8
    queue umlauts front-matter docs/umlauts.md
    disturbed KILL "$called"
    disturbed KILL commit.intended
    night
    queue ci front-matter guides/ci.md 9
    queue tuning by-command guides/tuning.md 8
    queue backup front-matter guides/backup.md
    disturbed KILL "$called"
    night --fresh
    queue plugins front-matter guides/plugins.md 9
    queue monorepo by-command guides/monorepo.md 8
    queue release front-matter releases/1.0.0.md
    PANTHEON_NIGHT_WINDOW_GRACE=0s disturbed TERM "$called"
    queue migrating by-command guides/migrating.md 9
    queue windows by-command docs/windows-line-ends.md 9
    PANTHEON_NIGHT_WINDOW_GRACE=0s night --until 2s
    night --until 6h
    queue next-style front-matter guides/style.md
    queue next-ci front-matter guides/ci.md
    queue next-tuning by-command guides/tuning.md
    queue next-keys short docs/keys.md
    queue next-bom few docs/bom.md 3
}

# Signed nights, one of them gone on with; a task that was begun too often; what people said of a task afterwards.
record_signed() {
    lay_out signed docs/{keys,install,bom,cjk}.md guides/{style,ci,tuning}.md
    "$program" keygen $at/night.key
    cp $at/night.key.pub $place/key.pub
    export PANTHEON_NIGHT_SIGNING_KEY=$at/night.key
    queue keys front-matter docs/keys.md 9
    queue install by-command docs/install.md 8
    queue style front-matter guides/style.md
    disturbed KILL "$called"
    PANTHEON_NIGHT_WINDOW_ATTEMPTS=1 night
    queue bom by-command docs/bom.md
    queue ci front-matter guides/ci.md
    queue tuning by-command guides/tuning.md
    queue cjk short docs/cjk.md
    night --until 6h
    unset PANTHEON_NIGHT_SIGNING_KEY
    queue next-keys front-matter docs/keys.md
    queue next-bom by-command docs/bom.md
    local reviewed=$place/state/artifacts/$(basename "$(newest)" .jsonl)
    echo '{"reviews": [{"reviewer": "ann", "accepts": true}, {"reviewer": "bob", "accepts": false}]}' >$reviewed/bom/review.json
    echo '{"reviews": [{"reviewer": "ann", "accepts": true}, {"reviewer": "bob", "accepts": true}]}' >$reviewed/ci/review.json
}

# A night whose branch somebody else had locked: it failed, and the next start would go on with it.
record_failed() {
    lay_out failed docs/{keys,install,bom}.md
    queue keys front-matter docs/keys.md 9
    queue install by-command docs/install.md 8
    queue bom front-matter docs/bom.md
    (
        until ls $place/log/*.jsonl >$at/journals 2>/dev/null && grep -q "$called" $place/log/*.jsonl; do sleep 0.01; done
        : >$place/workspace/.git/refs/heads/night/$(basename "$(newest)" .jsonl).lock
    ) &
    night
    wait
    rm $place/workspace/.git/refs/heads/night/*.lock
}

# A night that was killed while it wrote a line.
record_killed() {
    lay_out killed docs/{keys,install,bom}.md
    queue keys front-matter docs/keys.md 9
    queue install by-command docs/install.md 8
    queue bom front-matter docs/bom.md
    disturbed KILL "$called"
    truncate -s -100 "$(newest)"
}

# pack PLACE: leaves of a place what was recorded.
pack() {
    local place=$at/$1
    git -C $place/workspace -c gc.auto=0 gc -q --prune=now
    rm -r $place/model
    mkdir $place/model
    cp "$home/models/docops-front-matter/manifest.json" $place/model/
    find $place -name lock -delete
    tar -C $place --sort=name --owner=0 --group=0 --numeric-owner --mtime=2026-11-01T00:00:00Z -cf - \
        workspace state/artifacts | gzip -9n >$place/files.tar.gz
    rm -rf $place/workspace $place/state
    mkdir -p "$data/$1"
    cp -R $place/. "$data/$1/"
}

record() {
    rm -rf $at "$data"
    mkdir -p $at/home "$data"
    a_machine_of_nobody
    for place_name in nights signed failed killed; do
        record_$place_name
        pack $place_name
    done
    rm -rf $at
}

# --- what the program makes of it

# The command lines of a place, each behind its name.
commands() {
    local runs run key=
    runs=$(cd "$data/$1/log" && ls *.jsonl | sed 's/\.jsonl$//')
    [ -e "$data/$1/key.pub" ] && key=yes
    for run in $runs; do
        echo "verify-$run verify $run"
        echo "verify-json-$run verify $run --json --head $(printf %064d 1)"
        [ -z "$key" ] || echo "verify-key-$run verify $run --json --key {place}/key.pub"
        echo "report-$run report $run --to {place}/to/report-$run"
        echo "replay-$run replay $run --json"
    done
    echo "verify-none verify 20200101-000000"
    echo "status status"
    echo "status-json status --json"
    echo "metrics metrics"
    echo "validate validate"
    echo "validate-json validate --json"
    echo "prune prune --dry-run --nights 1"
    echo "prune-json prune --dry-run --nights 2 --json"
    echo "mine mine --to {place}/to/mine"
    echo "mine-openai mine --json --openai --stages 2 --split 60/20/20 --seed 7 --licence CC0-1.0 --to {place}/to/mine-openai"
    echo "size --dry-run --json --start 22:00 --until 06:00 --slots 1..3"
    echo "size-what-if --dry-run --json --start 22:00 --until 22:01 --arrivals 100 --what-if docops.front-matter=+20"
    if [ -e "$data/$1/log/pruned/index.jsonl" ]; then
        run=$(sed 's/.*"night.run":"\([^"]*\)".*/\1/' "$data/$1/log/pruned/index.jsonl" | head -n 1)
        echo "verify-pruned verify $run"
    fi
}

# What is of the moment or of the machine is not compared.
masked_path() { sed "s|$place|/golden|g"; }

masked() {
    masked_path | sed -E -e 's/("(start|until|cpu)" : )"[^"]*"/\1"…"/' -e 's/("(cores|memory_bytes|free_bytes)" : )[0-9]+/\1"…"/'
}

expect() {
    for place_name in nights signed failed killed; do
        local expected=$data/$place_name/expected
        rm -rf $at "$expected" "$data/$place_name/commands.txt"
        mkdir -p $at/home "$expected"
        place=$at/$place_name
        cp -R "$data/$place_name" $place
        tar -C $place -xzf $place/files.tar.gz
        commands $place_name >"$data/$place_name/commands.txt"
        while read -r name line; do
            local status=0
            # the words are split on purpose
            "$program" --config $place/pantheon-night.yaml ${line//\{place\}/$place} >$at/out 2>$at/err </dev/null || status=$?
            { echo "exit $status"; echo; masked <$at/out; echo; masked <$at/err; } >"$expected/$name.txt"
        done <"$data/$place_name/commands.txt"
        (
            cd $place/to
            find . -type f | while read -r file; do
                mkdir -p "$expected/$(dirname "$file")"
                masked_path <"$file" | case $file in *.html | *.jsonl) gzip -9n >"$expected/$file.gz" ;; *) cat >"$expected/$file" ;; esac
            done
        )
    done
    rm -rf $at
}

case $verb in
record) record ;;
expect) expect ;;
esac
