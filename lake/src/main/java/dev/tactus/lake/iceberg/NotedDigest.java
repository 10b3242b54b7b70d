package dev.tactus.lake.iceberg;

import dev.tactus.digest.Sha256;
import dev.tactus.lake.files.LakeFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The digest of a data file, noted in its name when it was written.
///
/// The name stands in Iceberg's manifests: it lives as long as any snapshot refers to the file, through compaction and
/// expiry, moves with the lake, and anybody can compare it with what `sha256sum` says.
public final class NotedDigest {
    private static final Pattern NAME = Pattern.compile(".*-([0-9a-f]{64})\\.parquet");
    private static final String ENDING = ".parquet";

    private NotedDigest() {}

    /// Keeps a file that was just written under the name with its digest, and returns that.
    ///
    /// @param written where it is on this machine
    /// @param folder that it will be in
    static Path note(Path written, Path folder, LakeFiles files) throws IOException {
        String name = written.getFileName().toString();
        String stem = name.endsWith(ENDING) ? name.substring(0, name.length() - ENDING.length()) : name;
        Path noted = folder.resolve(stem + "-" + Sha256.of(written).hex() + ENDING);
        files.keep(written, noted);
        return noted;
    }

    /// Absent where an earlier version wrote the file.
    public static Optional<String> of(Path file) {
        Matcher name = NAME.matcher(file.getFileName().toString());
        return name.matches() ? Optional.of(name.group(1)) : Optional.empty();
    }
}
