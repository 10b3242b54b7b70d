package dev.tactus.ingest.run;

/// Receives the progress of a run: about once a second, from one thread at a time. It must not block for long.
public interface ProgressListener {
    void update(ProgressReport report);

    /// One sentence about something that has happened.
    void say(String event);

    /// Ignores it.
    static ProgressListener silent() {
        return new ProgressListener() {
            @Override
            public void update(ProgressReport report) {}

            @Override
            public void say(String event) {}
        };
    }
}
