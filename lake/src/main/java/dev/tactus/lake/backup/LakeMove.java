package dev.tactus.lake.backup;

import dev.tactus.lake.failure.LakeFailures;
import dev.tactus.lake.files.DiskFiles;
import dev.tactus.lake.files.DiskWriter;
import dev.tactus.lake.files.DurableFileIO;
import dev.tactus.lake.files.LakeFiles;
import dev.tactus.lake.files.NotedFiles;
import dev.tactus.lake.iceberg.DigestRegister;
import dev.tactus.lake.iceberg.VersionHint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.RewriteTablePathUtil;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableMetadataParser;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;

/// Makes the tables of a lake's copy say that they are in another folder.
///
/// Iceberg's metadata holds absolute paths, in the catalog, in metadata files, manifest lists and manifests. All of
/// them
/// are written anew; data files stay as they are. To be used on a copy that nobody reads: killed halfway it is of no
/// use.
final class LakeMove {
    private static final String BESIDE = "moved-";

    private final Path copy;
    private final Path place;
    private final LakeFiles files;

    /// @param copy where the files are
    /// @param place where they will be
    /// @param disk brings files to the disk
    LakeMove(Path copy, Path place, DiskWriter disk) {
        this.copy = copy;
        this.place = place;
        this.files = new DiskFiles(copy, disk);
    }

    void run() {
        try (Connection catalog = DriverManager.getConnection("jdbc:sqlite:" + copy.resolve("catalog.db"))) {
            for (Map.Entry<String, String> table : tables(catalog).entrySet()) {
                move(catalog, table.getKey(), table.getValue());
            }
        } catch (SQLException | IOException e) {
            throw LakeFailures.of("the tables in " + copy + " can't be moved to " + place, e);
        }
    }

    private static Map<String, String> tables(Connection catalog) throws SQLException {
        Map<String, String> tables = new LinkedHashMap<>();
        try (Statement statement = catalog.createStatement();
                ResultSet rows =
                        statement.executeQuery("SELECT table_name, metadata_location FROM iceberg_tables ORDER BY 1")) {
            while (rows.next()) {
                tables.put(rows.getString(1), rows.getString(2));
            }
        }
        return tables;
    }

    private void move(Connection catalog, String table, String metadataLocation) throws SQLException, IOException {
        String inside = "/tactus/" + table + "/metadata/";
        String old = metadataLocation.substring(0, metadataLocation.lastIndexOf(inside));
        if (old.equals(place.toString())) {
            return;
        }
        Moved moved = new Moved(old);
        TableMetadata metadata = TableMetadataParser.read(moved, metadataLocation);
        List<Path> written = new ArrayList<>(List.of(moved.here(metadataLocation)));
        for (Map.Entry<Path, Path> file : moved.rewritten(metadata).entrySet()) {
            Files.move(file.getKey(), file.getValue(), StandardCopyOption.REPLACE_EXISTING);
            written.add(file.getValue());
        }
        TableMetadata rewritten = RewriteTablePathUtil.replacePaths(metadata, old, place.toString());
        TableMetadataParser.overwrite(
                rewritten, moved.newOutputFile(moved.here(metadataLocation).toString()));
        VersionHint.forget(copy.resolve("tactus").resolve(table).resolve("metadata"), files);
        DigestRegister.renew(catalog, files, written);
        try (PreparedStatement update = catalog.prepareStatement("UPDATE iceberg_tables SET metadata_location = ?,"
                + " previous_metadata_location = replace(previous_metadata_location, ?, ?) WHERE table_name = ?")) {
            update.setString(1, place + metadataLocation.substring(old.length()));
            update.setString(2, old + "/");
            update.setString(3, place + "/");
            update.setString(4, table);
            update.executeUpdate();
        }
    }

    /// Reads what paths of the old place name from the copy.
    private final class Moved implements FileIO {
        private static final long serialVersionUID = 1L;
        private final transient DurableFileIO io = new DurableFileIO(files, NotedFiles.none());
        private final String old;

        Moved(String old) {
            this.old = old;
        }

        /// Writes each manifest and manifest list anew, beside the one it will replace.
        Map<Path, Path> rewritten(TableMetadata metadata) throws IOException {
            Map<Path, Path> written = new LinkedHashMap<>();
            Map<String, Long> lengths = new HashMap<>();
            Set<Long> snapshots = new HashSet<>();
            metadata.snapshots().forEach(snapshot -> snapshots.add(snapshot.snapshotId()));
            for (Snapshot snapshot : metadata.snapshots()) {
                for (ManifestFile manifest : snapshot.allManifests(this)) {
                    if (!lengths.containsKey(manifest.path())) {
                        Path beside = beside(manifest.path());
                        RewriteTablePathUtil.rewriteDataManifest(
                                manifest,
                                snapshots,
                                newOutputFile(beside.toString()),
                                this,
                                metadata.formatVersion(),
                                metadata.specsById(),
                                old,
                                place.toString());
                        lengths.put(manifest.path(), Files.size(beside));
                        written.put(beside, here(manifest.path()));
                    }
                }
                Path beside = beside(snapshot.manifestListLocation());
                RewriteTablePathUtil.rewriteManifestList(
                        snapshot, this, metadata, lengths, old, place.toString(), copy.toString(), beside.toString());
                written.put(beside, here(snapshot.manifestListLocation()));
            }
            return written;
        }

        Path here(String location) {
            String path = DurableFileIO.path(location).toString();
            return path.startsWith(old + "/") ? copy.resolve(path.substring(old.length() + 1)) : Path.of(path);
        }

        private Path beside(String location) {
            Path file = here(location);
            return file.resolveSibling(BESIDE + file.getFileName());
        }

        @Override
        public InputFile newInputFile(String location) {
            return io.newInputFile(here(location).toString());
        }

        @Override
        public OutputFile newOutputFile(String location) {
            return io.newOutputFile(location);
        }

        @Override
        public void deleteFile(String location) {
            io.deleteFile(location);
        }
    }
}
