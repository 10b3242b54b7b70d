package dev.tactus.ingest;

/// Is told how a run gets on: about once a second, from one thread at a time. It must not block for long.
public interface Progress {
    void update(ProgressReport report);

    /// One sentence about something that has happened.
    void say(String event);

    /// Tells nobody.
    static Progress silent() {
        return new Progress() {
            @Override
            public void update(ProgressReport report) {}

            @Override
            public void say(String event) {}
        };
    }
}
