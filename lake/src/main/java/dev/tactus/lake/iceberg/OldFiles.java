package dev.tactus.lake.iceberg;

import dev.tactus.digest.Sha256;
import dev.tactus.lake.files.DurableFileIO;
import dev.tactus.lake.files.LakeFiles;
import dev.tactus.lake.table.FileVerdict;
import dev.tactus.lake.table.LakeTable;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Table;

/// The files of versions that noted no digests: they get one when the lake is taken over, once.
final class OldFiles {
    private final LakeFiles kept;
    private final DigestRegister register;
    private final MetadataCheck metadata;
    private final Instant now;

    OldFiles(LakeFiles kept, DigestRegister register, MetadataCheck metadata, Instant now) {
        this.kept = kept;
        this.register = register;
        this.metadata = metadata;
        this.now = now;
    }

    /// Notes a digest of every file that has none: what somebody else has noted of it, or what it is now.
    ///
    /// @param elsewhere the SHA-256 that is noted of a data file somewhere else, by its path relative to the lake
    void note(Map<LakeTable, Table> tables, Function<String, Optional<String>> elsewhere) {
        tables.forEach((declared, table) -> {
            for (FileVerdict verdict : metadata.verdicts(declared, table)) {
                if (verdict instanceof FileVerdict.Unnoted unnoted) {
                    note(
                            kept.folder().resolve(unnoted.path()),
                            Sha256.parse(unnoted.file().sha256()));
                }
            }
            for (DataFile file : SnapshotFiles.ever(table)) {
                Path path = DurableFileIO.path(file.location());
                if (NotedDigest.of(path).isEmpty()
                        && register.entry(path).isEmpty()
                        && DataFileDigests.exists(kept, path)) {
                    elsewhere
                            .apply(DataFileDigests.relative(kept.folder(), path))
                            .map(Sha256::parse)
                            .ifPresentOrElse(
                                    known -> register.wrote(path, known),
                                    () -> note(path, DataFileDigests.now(kept, path)));
                }
            }
        });
    }

    private void note(Path file, Sha256 found) {
        register.note(file, new DigestRegister.Entry(found, Optional.of(now)));
    }
}
