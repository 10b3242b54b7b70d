package dev.tactus.console.servers;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/// SIGHUP, by which servers are asked to read their configuration again.
///
/// The JDK has signals only in `sun.misc`, which the compiler warns of; so it is looked for by name, and where it is
/// not there (Windows has no SIGHUP) nothing is called.
public final class HangUpSignal {
    private HangUpSignal() {}

    /// Keeps it from ending the process, as it does by default: until a server listens to it there is nothing to read
    /// again, and a service manager may send it at any moment.
    public static void ignore() {
        calls(() -> {});
    }

    static void calls(Runnable what) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            MethodHandle run = MethodHandles.lookup()
                    .findVirtual(Runnable.class, "run", MethodType.methodType(void.class))
                    .bindTo(what);
            Object calling =
                    MethodHandleProxies.asInterfaceInstance(handler, MethodHandles.dropArguments(run, 0, signal));
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance("HUP"), calling);
        } catch (ReflectiveOperationException e) {
            // a system without SIGHUP: the file is watched all the same
        }
    }
}
