package dev.tactus.lake.iceberg;

import dev.tactus.lake.failure.LakeDamaged;
import dev.tactus.lake.failure.LakeFailures;
import dev.tactus.lake.files.DurableFileIO;
import dev.tactus.lake.files.FileState;
import dev.tactus.lake.files.LakeFiles;
import dev.tactus.lake.table.FileDigest;
import dev.tactus.lake.table.FileVerdict;
import dev.tactus.lake.table.LakeTable;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.iceberg.DataFile;

/// Compares data files with the digests that were noted when they were written.
///
/// Parquet pages carry no checksum that DuckDB looks at: one flipped bit is another count. So whatever computes with
/// rows, or writes them anew, has their files checked first. A file is read once for all who ask, as long as its size
/// and time stay. Thread-safe.
public final class DataFileCheck {
    private record Found(String sha256, FileState state) {}

    private final LakeFiles kept;
    private final DigestRegister register;
    private final Map<Path, Found> read = new ConcurrentHashMap<>();

    /// @param register of digests that are in no name
    DataFileCheck(LakeFiles kept, DigestRegister register) {
        this.kept = kept;
        this.register = register;
    }

    /// Refuses files that are not what was written.
    ///
    /// @throws LakeDamaged naming the first of them
    public void require(LakeTable table, List<DataFile> files) {
        for (DataFile file : files) {
            switch (verdict(table, file)) {
                case FileVerdict.Sound _, FileVerdict.TakenOver _, FileVerdict.Unnoted _ -> {}
                case FileVerdict.Changed changed ->
                    throw new LakeDamaged(
                            "the data file " + kept.folder().resolve(changed.path()) + " of " + table.label()
                                    + " was changed since it was written: its SHA-256 is " + changed.found()
                                    + ", and was " + changed.noted() + "; nothing was computed from it. "
                                    + LakeDamaged.REMEDY,
                            null);
                case FileVerdict.Missing missing ->
                    throw new LakeDamaged(
                            "the data file " + kept.folder().resolve(missing.path()) + " of " + table.label()
                                    + " is missing. " + LakeDamaged.REMEDY,
                            null);
            }
        }
    }

    /// What a file is now; read anew only where it was not read before.
    public FileVerdict verdict(LakeTable table, DataFile file) {
        Path path = DurableFileIO.path(file.location());
        String relative = DataFileDigests.relative(kept.folder(), path);
        Optional<Found> found = found(path);
        if (found.isEmpty()) {
            return new FileVerdict.Missing(table, relative);
        }
        Found now = found.get();
        FileDigest digest =
                new FileDigest(table, relative, file.recordCount(), now.state().bytes(), now.sha256());
        Optional<DigestRegister.Entry> entry =
                NotedDigest.of(path).isPresent() ? Optional.empty() : register.entry(path);
        Optional<String> noted =
                NotedDigest.of(path).or(() -> entry.map(one -> one.digest().hex()));
        if (noted.isEmpty()) {
            return new FileVerdict.Unnoted(digest);
        }
        if (!noted.get().equals(now.sha256())) {
            return new FileVerdict.Changed(table, relative, noted.get(), now.sha256());
        }
        return entry.flatMap(DigestRegister.Entry::found)
                .<FileVerdict>map(at -> new FileVerdict.TakenOver(digest, at))
                .orElseGet(() -> new FileVerdict.Sound(digest));
    }

    /// What files hold, to the byte, in the order of their paths; they are proven to be what was written.
    ///
    /// @throws LakeDamaged if one is not
    public List<FileDigest> digests(LakeTable table, List<DataFile> files) {
        require(table, files);
        return files.stream()
                .map(file -> switch (verdict(table, file)) {
                    case FileVerdict.Sound sound -> sound.file();
                    case FileVerdict.TakenOver taken -> taken.file();
                    case FileVerdict.Unnoted unnoted -> unnoted.file();
                    case FileVerdict.Changed changed -> throw changedMeanwhile(changed.path());
                    case FileVerdict.Missing missing -> throw changedMeanwhile(missing.path());
                })
                .sorted(Comparator.comparing(FileDigest::path))
                .toList();
    }

    private static LakeDamaged changedMeanwhile(String path) {
        return new LakeDamaged("the data file " + path + " was changed while it was read. " + LakeDamaged.REMEDY, null);
    }

    /// Forgets what was read, so that an audit looks at the disk itself.
    public void forget() {
        read.clear();
    }

    private Optional<Found> found(Path path) {
        try {
            Optional<FileState> state = kept.find(path);
            if (state.isEmpty()) {
                return Optional.empty();
            }
            Found before = read.get(path);
            if (before != null && before.state().equals(state.get())) {
                return Optional.of(before);
            }
            Found now = new Found(kept.digest(path).hex(), state.get());
            read.put(path, now);
            return Optional.of(now);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw LakeFailures.of("the data file " + path + " can't be read", e);
        }
    }
}
