# llama.cpp's server of the package xllamacpp: llama_server.py PACKAGE SOCKET MODEL SLOTS CONTEXT; ends at SIGTERM.
import signal
import sys

package, socket, model, slots, context = sys.argv[1:]
sys.path.insert(0, package)
import xllamacpp  # noqa: E402

options = xllamacpp.CommonParams()
options.model.path, options.hostnames = model, [socket]
options.n_parallel, options.n_ctx = int(slots), int(context)
options.cpuparams.n_threads = options.cpuparams_batch.n_threads = 1
options.ui = False
signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM, signal.SIGINT})
server = xllamacpp.Server(options)
signal.sigwait({signal.SIGTERM, signal.SIGINT})
