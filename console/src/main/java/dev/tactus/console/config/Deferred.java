package dev.tactus.console.config;

import dev.tactus.settings.MissingValue;
import java.util.function.Supplier;

/// A part of the configuration that may lack what comes from outside the file: a variable, a secret's file.
///
/// What is wrong in it is refused when the file is read; what is missing, only when the part is used. So a command
/// that calls nobody works without the secrets of those that do.
public final class Deferred<T> {
    private final Supplier<T> reading;

    private Deferred(Supplier<T> reading) {
        this.reading = reading;
    }

    /// @throws dev.tactus.settings.InvalidConfiguration for what is wrong
    static <T> Deferred<T> of(Supplier<T> reading) {
        try {
            T value = reading.get();
            return new Deferred<>(() -> value);
        } catch (MissingValue missing) {
            return new Deferred<>(() -> {
                throw missing;
            });
        }
    }

    /// The part, complete.
    ///
    /// @throws MissingValue that says what is missing
    public T get() {
        return reading.get();
    }

    /// Shows nothing: it may hold a secret.
    @Override
    public String toString() {
        return "…";
    }
}
