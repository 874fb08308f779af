package pantheon.night.cli.setup;

import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import pantheon.night.local.ProcessEnd;

/**
 * What SIGTERM, SIGINT and SIGHUP do while this is open: the first of them asks the night to stop, the next one ends the
 * process at once.
 *
 * <p>A shutdown hook would not do: once hooks run, the JVM ignores further signals, its exit status is settled, and the
 * model's runtime and the repository are being closed by hooks of their own while the task still uses them. So the JDK's
 * {@code sun.misc.Signal} is used, by reflection, since javac warns of its name; this is the only class that does.
 */
public final class StopSignals implements AutoCloseable {
    private static final List<String> NAMES = List.of("TERM", "INT", "HUP");

    private final List<Runnable> undo = new ArrayList<>();
    private final AtomicBoolean asked = new AtomicBoolean();
    private final Runnable stop;
    private final int status;

    /**
     * @param stop asks the night to stop; it returns at once
     * @param status what the process ends with at a second signal
     */
    public StopSignals(Runnable stop, int status) {
        this.status = status;
        this.stop = stop;
    }

    /** From now on, until this is closed. */
    public void handle() {
        NAMES.forEach(this::handle);
    }

    private void handle(String name) {
        try {
            var type = Class.forName("sun.misc.Signal");
            var handlerType = Class.forName("sun.misc.SignalHandler");
            var signal = type.getConstructor(String.class).newInstance(name);
            var set = type.getMethod("handle", type, handlerType);
            Runnable received = this::received;
            var run = MethodHandles.lookup().bind(received, "run", MethodType.methodType(void.class));
            var handler = MethodHandles.dropArguments(run, 0, type);
            var before = set.invoke(null, signal, MethodHandleProxies.asInterfaceInstance(handlerType, handler));
            undo.add(() -> {
                try {
                    set.invoke(null, signal, before);
                } catch (ReflectiveOperationException e) {
                    throw new IllegalStateException("the handler of SIG" + name + " cannot be set back", e);
                }
            });
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this JDK lets nobody handle SIG" + name, e);
        }
    }

    private void received() {
        if (asked.getAndSet(true)) {
            ProcessEnd.now(status);
        }
        stop.run();
    }

    @Override
    public void close() {
        undo.forEach(Runnable::run);
    }
}
