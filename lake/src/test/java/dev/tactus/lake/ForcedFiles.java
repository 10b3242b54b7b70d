package dev.tactus.lake;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

/// What this process asked the operating system to force to disk, as the JVM's flight recorder saw it.
final class ForcedFiles {
    private static final String FORCE = "jdk.FileForce";

    private ForcedFiles() {}

    /// Files and folders in the order in which they were forced.
    static List<Path> during(Runnable work) throws IOException {
        Path dump = Files.createTempFile("forced", ".jfr");
        try (Recording recording = new Recording()) {
            recording.enable(FORCE).withoutThreshold().withoutStackTrace();
            recording.start();
            work.run();
            recording.stop();
            recording.dump(dump);
            return RecordingFile.readAllEvents(dump).stream()
                    .filter(event -> event.getEventType().getName().equals(FORCE))
                    .sorted(Comparator.comparing(RecordedEvent::getEndTime))
                    .map(event -> Path.of(event.getString("path")))
                    .toList();
        } finally {
            Files.delete(dump);
        }
    }
}
