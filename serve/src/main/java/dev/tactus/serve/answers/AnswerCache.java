package dev.tactus.serve.answers;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;

/// Remembers what commands that only read have answered, for as long as nothing has changed that they read.
///
/// Reading a ledger again for every page would be honest and slow; whoever pages through a list asks the same command
/// each time. What depends on the clock as well, such as what is late, is asked again in the background once it is a
/// moment old, while the answer of before is given. Thread-safe; two who ask the same at once may both run the command.
public final class AnswerCache {
    private static final int MOST = 32;
    private static final long MOMENT_NANOS = 15_000_000_000L;

    private record Kept(String mark, long atNanos, CommandAnswer answer) {}

    private final CommandRunner runner;
    private final Function<List<String>, String> mark;
    private final Supplier<Long> nanos;
    private final Executor background;
    private final Map<List<String>, Kept> kept = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<List<String>, Kept> eldest) {
            return size() > MOST;
        }
    };

    /// One over a runner.
    ///
    /// @param mark differs when something has changed that a command reads
    /// @param nanos a monotonic clock
    /// @param background runs what nobody waits for
    public AnswerCache(
            CommandRunner runner, Function<List<String>, String> mark, Supplier<Long> nanos, Executor background) {
        this.runner = runner;
        this.mark = mark;
        this.nanos = nanos;
        this.background = background;
    }

    /// What the command answers, or answered when nothing has changed since.
    public CommandAnswer read(List<String> words) {
        // taken before the command runs: what changes meanwhile is then seen as a change
        String now = mark.apply(words);
        long at = nanos.get();
        synchronized (kept) {
            Kept known = kept.get(words);
            if (known != null && known.mark.equals(now)) {
                if (at - known.atNanos >= MOMENT_NANOS) {
                    kept.put(List.copyOf(words), new Kept(now, at, known.answer));
                    background.execute(() -> ask(words, now, at));
                }
                return known.answer;
            }
        }
        return ask(words, now, at);
    }

    private CommandAnswer ask(List<String> words, String now, long at) {
        CommandAnswer answer = runner.run(Optional.empty(), words);
        if (answer.isResult()) {
            synchronized (kept) {
                kept.put(List.copyOf(words), new Kept(now, at, answer));
            }
        }
        return answer;
    }
}
