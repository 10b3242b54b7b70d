package dev.tactus.lake.iceberg;

import dev.tactus.digest.Sha256;
import dev.tactus.lake.files.DurableFileIO;
import dev.tactus.lake.files.LakeFiles;
import dev.tactus.lake.remote.RemoteStates;
import dev.tactus.lake.table.FileDigest;
import dev.tactus.lake.table.FileVerdict;
import dev.tactus.lake.table.HintState;
import dev.tactus.lake.table.LakeTable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;

/// Compares what a table's metadata is now with what was written: metadata files, manifest lists, manifests, and the
/// copies for readers by path.
public final class MetadataCheck {
    private final LakeFiles kept;
    private final DigestRegister noted;
    private final Optional<RemoteStates> served;

    MetadataCheck(LakeFiles kept, DigestRegister noted, Optional<RemoteStates> served) {
        this.served = served;
        this.kept = kept;
        this.noted = noted;
    }

    /// What each of them is, the first one that is damaged last: what it names can't be told.
    public List<FileVerdict> verdicts(LakeTable declared, Table table) {
        List<FileVerdict> verdicts = new ArrayList<>();
        served.ifPresentOrElse(
                states -> states.verdict(declared).ifPresent(verdicts::add), () -> files(declared, table, verdicts));
        for (Path file : named(table, verdicts, declared)) {
            verdicts.add(verdict(declared, file, noted.entry(file)));
        }
        return verdicts;
    }

    private void files(LakeTable declared, Table table, List<FileVerdict> verdicts) {
        TableMetadata metadata = ((HasTableOperations) table).operations().current();
        Path current = DurableFileIO.path(metadata.metadataFileLocation());
        verdicts.add(verdict(declared, current, noted.entry(current)));
        List<Path> versions = new ArrayList<>(List.of(current));
        metadata.previousFiles().forEach(entry -> versions.add(DurableFileIO.path(entry.file())));
        for (Path before : versions.subList(1, versions.size())) {
            // nothing reads them any more; one that is gone is missed by nobody
            if (exists(before)) {
                verdicts.add(verdict(declared, before, noted.entry(before)));
            }
        }
        for (Path version : versions) {
            Path copy = VersionHint.copyOf(version);
            if (exists(copy) && noted.entry(version).isPresent()) {
                verdicts.add(verdict(declared, copy, noted.entry(version)));
            }
        }
    }

    /// Where readers by path are led.
    public HintState leads(Table table) {
        if (served.isPresent()) {
            // no hints are written: whoever reads asks the server
            return HintState.HERE;
        }
        TableMetadata now = ((HasTableOperations) table).operations().current();
        return VersionHint.leads(
                DurableFileIO.path(now.metadataFileLocation()),
                now.previousFiles().stream()
                        .map(entry -> DurableFileIO.path(entry.file()))
                        .toList(),
                kept);
    }

    /// The manifests; the lists that name them are looked at on the way.
    private Set<Path> named(Table table, List<FileVerdict> verdicts, LakeTable declared) {
        Set<Path> manifests = new LinkedHashSet<>();
        for (Snapshot snapshot : table.snapshots()) {
            Path list = DurableFileIO.path(snapshot.manifestListLocation());
            FileVerdict verdict = verdict(declared, list, noted.entry(list));
            verdicts.add(verdict);
            if (verdict instanceof FileVerdict.Changed || verdict instanceof FileVerdict.Missing) {
                return manifests;
            }
            for (ManifestFile manifest : snapshot.allManifests(table.io())) {
                manifests.add(DurableFileIO.path(manifest.path()));
            }
        }
        return manifests;
    }

    private boolean exists(Path file) {
        return DataFileDigests.exists(kept, file);
    }

    private FileVerdict verdict(LakeTable declared, Path file, Optional<DigestRegister.Entry> entry) {
        String path = DataFileDigests.relative(kept.folder(), file);
        if (!exists(file)) {
            return new FileVerdict.Missing(declared, path);
        }
        Sha256 now = DataFileDigests.now(kept, file);
        FileDigest digest = new FileDigest(declared, path, 0, DataFileDigests.bytes(kept, file), now.hex());
        if (entry.isEmpty()) {
            return new FileVerdict.Unnoted(digest);
        }
        if (!entry.get().digest().equals(now)) {
            return new FileVerdict.Changed(declared, path, entry.get().digest().hex(), now.hex());
        }
        return entry.get()
                .found()
                .<FileVerdict>map(at -> new FileVerdict.TakenOver(digest, at))
                .orElseGet(() -> new FileVerdict.Sound(digest));
    }
}
