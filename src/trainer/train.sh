#!/usr/bin/env bash
# Makes the embedded model: documents as they come, then those that take decisions, then those with rare titles too.
#
# Usage: src/trainer/train.sh OUT [cpu|gpu]
#   OUT  the folder to write the model to; where it holds a checkpoint, training goes on from there
set -euo pipefail
cd "$(dirname "$0")/../.."
out=$1
device=${2:-cpu}
native=()
if [ "$device" = gpu ]; then
    native=(-Dpytorch.native=pytorch-native-cu128)
fi

train() {
    mvn -q -Ptrainer "${native[@]}" compile exec:exec \
        -Dtrainer.args="--source $1 --steps $2 --learning-rate $3 --seed $4 --full-prefix-share 1 --out $out --device $device"
}

# Steps count on from stage to stage, and the rate falls with their share of the stage's own end.
train front-matter 3000 0.002 1
train front-matter-hard 4500 0.002 1
train front-matter-rare 4900 0.006 1
train front-matter-rare 7400 0.004 2
