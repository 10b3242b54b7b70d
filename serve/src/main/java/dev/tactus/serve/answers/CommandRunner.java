package dev.tactus.serve.answers;

import java.util.List;
import java.util.Optional;

/// Runs a command as a person at a keyboard would, for a page. Implementations are thread-safe.
@FunctionalInterface
public interface CommandRunner {
    /// Runs it to its end, on the caller's thread.
    ///
    /// @param person who is signed in and asks for it; empty where nobody has to be
    /// @param words the command and its options, such as `runs`, `list`; `--json` and `--config` are added
    CommandAnswer run(Optional<String> person, List<String> words);
}
