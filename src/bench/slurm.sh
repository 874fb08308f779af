#!/usr/bin/env bash
# A real Slurm on this machine, and nights in shards on it: controller, munge and some node daemons, without systemd, cgroups
# or a database. For Debian, as root; it installs slurm-wlm and munge where they are missing, so it is no part of the build.
#
#   slurm.sh up DIR [NODES]                starts one with 3 nodes, or as many as said
#   slurm.sh drill DIR [DRILLS] [TASKS] [SHARDS]
#                                          runs nights in it: undisturbed, with a node cut, with only its daemon dead;
#                                          each has to lose nothing, do nothing twice, and gather what one process makes
#   slurm.sh down DIR                      ends all of it
#
# PANTHEON_NIGHT_HOME is the program as it is installed; target/pantheon-night without it.
set -euo pipefail
here=$(cd "$(dirname "$0")/../.." && pwd)
home=${PANTHEON_NIGHT_HOME:-$here/target/pantheon-night}
. "$here/src/bench/shard-night.sh"
usage="usage: slurm.sh up DIR [NODES] | drill DIR [DRILLS] [TASKS] [SHARDS] | down DIR"
what=${1:?$usage}
dir=$(realpath -m "${2:?$usage}")
export SLURM_CONF=$dir/slurm.conf

fail() { echo "slurm.sh: $*" >&2; exit 1; }
[ "$(id -u)" = 0 ] || fail "run it as root"

install_slurm() {
    command -v slurmctld munged > /dev/null && return
    # what the packages would start at once is not wanted
    local deny=/usr/sbin/policy-rc.d
    [ -e $deny ] || { printf '#!/bin/sh\nexit 101\n' > $deny; chmod +x $deny; trap 'rm -f /usr/sbin/policy-rc.d' EXIT; }
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends slurm-wlm munge > "$dir/apt.log" 2>&1 \
        || { tail -20 "$dir/apt.log" >&2; fail "slurm-wlm cannot be installed"; }
}

configure() {
    local nodes=$1 port=$((20000 + RANDOM % 20000)) name
    name=$(hostname -s)
    cat > "$SLURM_CONF" << CONF
ClusterName=night
SlurmctldHost=$name(127.0.0.1)
SlurmctldPort=$port
CommunicationParameters=NoCtldInAddrAny,NoInAddrAny
AuthType=auth/munge
AuthInfo=socket=$dir/munge.socket
SlurmUser=root
StateSaveLocation=$dir/controller
SlurmdSpoolDir=$dir/node-%n
SlurmctldPidFile=$dir/controller.pid
SlurmdPidFile=$dir/node-%n.pid
SlurmctldLogFile=$dir/controller.log
SlurmdLogFile=$dir/node-%n.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
MpiDefault=none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
SlurmdParameters=config_overrides
ReturnToService=2
SlurmdTimeout=10
KillWait=5
MinJobAge=3600
SchedulerParameters=sched_interval=2,batch_sched_delay=1
NodeName=n[1-$nodes] NodeHostname=$name NodeAddr=127.0.0.1 Port=[$((port + 1))-$((port + nodes))] CPUs=2 RealMemory=4000
PartitionName=night Nodes=ALL Default=YES MaxTime=INFINITE State=UP
CONF
}

up() {
    local nodes=${1:-3}
    [ ! -e "$SLURM_CONF" ] || fail "there is one in $dir already"
    mkdir -p "$dir/controller"
    install_slurm
    configure "$nodes"
    (umask 077 && head -c 1024 /dev/urandom > "$dir/munge.key")
    munged --force --key-file="$dir/munge.key" --socket="$dir/munge.socket" --pid-file="$dir/munge.pid" \
        --log-file="$dir/munge.log" --seed-file="$dir/munge.seed"
    slurmctld -f "$SLURM_CONF"
    for i in $(seq "$nodes"); do start_node "n$i"; done
    wait_for 60 all_idle "$nodes" || fail "the nodes do not come up; $dir/controller.log tells why"
}

start_node() { mkdir -p "$dir/node-$1"; slurmd -f "$SLURM_CONF" -N "$1"; }

all_idle() { [ "$(sinfo -h -N -t idle -o %N 2> /dev/null | sort -u | wc -l)" = "$1" ]; }

wait_for() {
    local seconds=$1 i
    shift
    for i in $(seq $((seconds * 2))); do "$@" && return; sleep 0.5; done
    return 1
}

children() { local child; for child in $(pgrep -P "$1" || true); do echo "$child"; children "$child"; done; }

# The step daemons of a node; they are nobody's children, and hold the node's log open.
steps() {
    local each
    for each in $(pgrep -x slurmstepd || true); do
        ls -l "/proc/$each/fd" 2> /dev/null | grep -qF "$dir/node-$1.log" && echo "$each"
    done
    return 0
}

kill_daemon() { kill -KILL "$(cat "$dir/node-$1.pid")" 2> /dev/null || true; }

# As a power cut: the daemon, its steps, and what came of them.
cut_node() {
    local step all=
    kill_daemon "$1"
    for step in $(steps "$1"); do all="$all $step $(children "$step")"; done
    [ -z "${all// /}" ] || kill -KILL $all 2> /dev/null || true
}

down() {
    local node pid
    [ -e "$SLURM_CONF" ] || fail "there is none in $dir"
    for node in "$dir"/node-*.pid; do
        [ -e "$node" ] && { node=${node##*/node-}; cut_node "${node%.pid}"; }
    done
    for pid in "$dir/controller.pid" "$dir/munge.pid"; do [ -s "$pid" ] && kill "$(cat "$pid")" 2> /dev/null || true; done
}

lay_out() {
    documents "$1" "$2"
    configuration "$1" "shards: $3"
}

as_one() { env -u PANTHEON_NIGHT_STATE HOME=/nonexistent PATH="$home/bin:$PATH" "$@"; }

# The job script as it is shipped, told where this night is.
submit() {
    sed -e "s#^night=.*#night=$1#" -e "s#^shards=.*#shards=$2#" -e "s#^program=.*#program=$home/bin/pantheon-night#" \
        "$here/config/slurm/night.sbatch" > "$1/night.sbatch"
    sbatch --parsable --array="0-$(($2 - 1))" --cpus-per-task=1 --time=60 --output="$1/%a.log" "$1/night.sbatch"
}

ended() { [ -z "$(squeue -h -j "$1" 2> /dev/null)" ]; }

begun() { [ "$(cat "$1"/shard-*/log/*.jsonl 2> /dev/null | grep -c 'task.finished')" -ge "$2" ]; }

busy_node() { squeue -h -j "$1" -t running -o %N | sort -u | head -1; }

drill() {
    local how=$1 night=$2 tasks=$3 shards=$4 job node=
    lay_out "$night" "$tasks" "$shards"
    job=$(submit "$night" "$shards")
    if [ "$how" != undisturbed ]; then
        wait_for 600 begun "$night" $((tasks / 10)) || fail "$how: no task has ended"
        node=$(busy_node "$job")
        if [ "$how" = cut ]; then cut_node "$node"; else kill_daemon "$node"; fi
        wait_for 120 requeued "$job" || true
        scontrol update JobId="$job" StartTime=now > /dev/null 2>&1 || true
    fi
    wait_for 3600 ended "$job" || fail "$how: the shards do not end"
    # not before: a job that was requeued is lost on a node that registers again under it
    [ -z "$node" ] || { cut_node "$node"; start_node "$node"; }
    check "$how" "$night" "$tasks"
}

requeued() { scontrol show job "$1" | grep -q 'Restarts=[1-9]'; }

check() {
    local how=$1 night=$2 tasks=$3 json run one commits keys ended
    json=$(cd "$night" && as_one pantheon-night --json gather shard-*) || fail "$how: gathering ends with $?: $json"
    run=$(jq -r .run <<< "$json")
    ended=$(jq '[.shards[].nights[].ended] | add' <<< "$json")
    (cd "$night" && as_one pantheon-night verify "$run" > /dev/null) || fail "$how: the night is not as it was written"
    commits=$(git -C "$night/workspace" log --format='%(trailers:key=Night-Key,valueonly,separator=)' "main..night/$run" | sed '/^$/d' | wc -l)
    keys=$(git -C "$night/workspace" log --format='%(trailers:key=Night-Key,valueonly,separator=)' "main..night/$run" | sed '/^$/d' | sort -u | wc -l)
    one=$(cat "$dir/one.tree")
    [ "$ended" = "$tasks" ] || fail "$how: $ended of $tasks tasks ended"
    [ "$commits" = "$keys" ] || fail "$how: $((commits - keys)) tasks were committed twice"
    [ "$(git -C "$night/workspace" rev-parse "night/$run^{tree}")" = "$one" ] || fail "$how: the tree is not that of one process"
    echo "$how: $ended tasks, $commits commits, the tree of one process"
}

one_process() {
    lay_out "$1" "$2" 0
    sed -i '/^shards:/d' "$1/pantheon-night.yaml"
    (cd "$1" && as_one pantheon-night --quiet) || fail "one process ends with $?"
    git -C "$1/workspace" for-each-ref --format='%(tree)' refs/heads/night > "$dir/one.tree"
}

drills() {
    local count=${1:-3} tasks=${2:-300} shards=${3:-6} i kinds=(undisturbed cut daemon) night
    [ -e "$SLURM_CONF" ] || fail "there is no Slurm in $dir; start one with: slurm.sh up $dir"
    rm -rf "$dir/nights"
    one_process "$dir/nights/one" "$tasks"
    for i in $(seq "$count"); do
        night=$dir/nights/$i
        drill "${kinds[$(((i - 1) % 3))]}" "$night" "$tasks" "$shards"
        rm -rf "$night"
    done
}

case $what in
    up) up "${3:-3}" ;;
    down) down ;;
    drill) drills "${@:3}" ;;
    *) fail "$usage" ;;
esac
