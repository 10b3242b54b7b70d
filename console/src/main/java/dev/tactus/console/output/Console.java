package dev.tactus.console.output;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// The world a command sees: results go to `out`, progress and messages to `err`.
///
/// @param variables environment variables by name, null where there is none
/// @param columns the width of the terminal that `err` is, where a line may be redrawn; 0 where it is none. The
/// launcher
/// knows, Java can't ask
/// @param person who has signed in to the page and asks for the command there; empty at a keyboard
public record Console(
        PrintStream out,
        PrintStream err,
        UnaryOperator<@Nullable String> variables,
        Machine machine,
        int columns,
        Optional<String> person) {

    /// One of somebody at a keyboard.
    public Console(
            PrintStream out, PrintStream err, UnaryOperator<@Nullable String> variables, Machine machine, int columns) {
        this(out, err, variables, machine, columns, Optional.empty());
    }

    /// The process's own: UTF-8 whatever the locale says, since results are files as often as screens.
    public static Console system() {
        return new Console(
                utf8(FileDescriptor.out),
                utf8(FileDescriptor.err),
                System::getenv,
                Machine.real(),
                "dumb".equals(System.getenv("TERM")) ? 0 : Integer.getInteger("tactus.columns", 0));
    }

    public InstantSource clock() {
        return machine.clock();
    }

    private static PrintStream utf8(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
    }
}
