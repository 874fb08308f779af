#!/usr/bin/env bash
# Makes the embedded model: 3,000 steps on documents as they come, 1,500 on those that take decisions.
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
        -Dtrainer.args="--source $1 --steps $2 --full-prefix-share 1 --seed 1 --out $out --device $device"
}

train front-matter 3000
train front-matter-hard 4500
