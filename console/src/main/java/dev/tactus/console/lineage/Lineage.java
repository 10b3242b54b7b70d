package dev.tactus.console.lineage;

import dev.tactus.console.command.CommandOptions;
import dev.tactus.console.config.Configuration;
import dev.tactus.console.output.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Tells others which job read and wrote which data, as OpenLineage events.
///
/// It never fails or delays the work: events are sent in the background, and what could not be sent is said at the end.
public interface Lineage extends AutoCloseable {
    /// Tells nobody anything.
    Lineage NONE = new Lineage() {
        @Override
        public Task begin(String job, List<Data> inputs) {
            return new Task() {
                @Override
                public void complete(List<Data> read, List<Data> outputs, JsonObject facts) {}

                @Override
                public void abort(JsonObject facts) {}

                @Override
                public void fail(String message) {}

                @Override
                public void close() {}
            };
        }

        @Override
        public void close() {}
    };

    /// Some data as of a moment.
    ///
    /// @param namespace whose it is: a lake's folder, a server
    /// @param snapshot the Iceberg snapshot
    /// @param rows how many were written
    record Data(String namespace, String name, Optional<Long> snapshot, OptionalLong rows) {
        public static Data of(String namespace, String name) {
            return new Data(namespace, name, Optional.empty(), OptionalLong.empty());
        }
    }

    /// One run of a job. Closed without an end, it has failed.
    interface Task extends AutoCloseable {
        /// It is done.
        ///
        /// @param facts what else is worth knowing, such as the run's id
        void complete(List<Data> inputs, List<Data> outputs, JsonObject facts);

        /// It was asked to stop.
        void abort(JsonObject facts);

        void fail(String message);

        @Override
        void close();
    }

    /// Tells that a job begins.
    ///
    /// @param job such as `sync.spotify`
    Task begin(String job, List<Data> inputs);

    /// Waits a little for what is still on its way; says what did not arrive.
    @Override
    void close();

    /// As the configuration says; tells nobody anything where it says nothing.
    static Lineage of(Configuration configuration, CommandOptions options) {
        return configuration
                .lineage()
                .get()
                .<Lineage>map(settings ->
                        new OpenLineageSender(settings, options.console().clock(), options::say))
                .orElse(NONE);
    }
}
