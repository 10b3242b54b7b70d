package dev.tactus.serve.schedule;

import java.nio.file.Path;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Something that the clock starts.
///
/// @param source the one that is meant; empty for all
/// @param folder watched by an import, written to by a backup
public record ScheduledJob(JobKind kind, Optional<String> source, Optional<Path> folder, JobRhythm timing) {
    /// What a job does.
    public enum JobKind {
        SYNC,
        IMPORT,
        RECONCILE,
        MAINTAIN,
        BACKUP;

        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// Names it in records: what it does and when.
    public String id() {
        return kind.label() + source.map(name -> " " + name).orElse("")
                + folder.map(path -> " " + path.getFileName()).orElse("") + " " + timing.words();
    }

    /// The command; an import has one for each file.
    ///
    /// @param month the one that has ended last
    /// @param stamp of the start, for a folder of its own
    List<String> command(YearMonth month, String stamp) {
        List<String> words = new ArrayList<>(
                switch (kind) {
                    case SYNC -> List.of("sync");
                    case IMPORT -> List.of("reports", "import");
                    case RECONCILE -> List.of("reconcile", "--period=" + month);
                    case MAINTAIN -> List.of("lake", "maintain");
                    case BACKUP ->
                        List.of("backup", folder.orElseThrow().resolve(stamp).toString());
                });
        source.ifPresent(name -> words.add("--source=" + name));
        return words;
    }
}
