package dev.tactus.reconcile.close;

import dev.tactus.digest.MerkleTree;
import dev.tactus.lake.Lake;
import dev.tactus.reconcile.files.CanonicalCsv;
import dev.tactus.reconcile.manifest.CanonicalJson;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/// The folder `closes` of a lake: for each close its manifest, its CSVs and a list of their digests, so that
/// everything it claims can be checked without this program (`verify/verify_close.py`).
final class CloseFolder {
    private static final String NAME = "closes";
    private static final String SCHEME = "RFC 6962, SHA-256";

    private final Lake lake;

    CloseFolder(Lake lake) {
        this.lake = lake;
    }

    static String path(String id, String kind) {
        return NAME + "/" + id + kind;
    }

    /// Takes out what a close left that never came to be: nothing from this number on is on the record.
    void clear(long number) {
        for (String name : lake.folder().names(NAME)) {
            int end = name.indexOf('-');
            if (end > 0
                    && name.substring(0, end).matches("[0-9]{4,18}")
                    && Long.parseLong(name, 0, end, 10) >= number) {
                lake.folder().delete(NAME + "/" + name);
            }
        }
    }

    /// Puts a CSV there.
    CanonicalCsv.Digest csv(String path, Function<OutputStream, CanonicalCsv.Digest> csv) {
        List<CanonicalCsv.Digest> written = new ArrayList<>();
        lake.folder().put(path, out -> written.add(csv.apply(out)));
        return written.getFirst();
    }

    /// Puts the manifest there, and the digests of all that belongs to it, as `sha256sum -c` reads them.
    ///
    /// @param csvs path and digest
    void manifest(String id, CanonicalJson manifest, Map<String, String> csvs) {
        lake.folder().put(path(id, ".json"), manifest.bytes());
        StringBuilder lines = new StringBuilder(line(manifest.sha256(), id + ".json"));
        csvs.forEach((path, sha256) -> lines.append(line(sha256, path.substring(NAME.length() + 1))));
        lake.folder().put(path(id, ".sha256"), lines.toString().getBytes(StandardCharsets.US_ASCII));
    }

    private static String line(String sha256, String name) {
        return sha256 + "  " + name + "\n";
    }

    /// Where copies of the CSV are written for people, seen from the lake, so that the two can be moved together.
    String seenFromHere(Path file) {
        Path from = lake.folder().resolve(".").toAbsolutePath().normalize();
        Path to = file.toAbsolutePath().normalize();
        boolean sameRoot = from.getRoot() != null && from.getRoot().equals(to.getRoot());
        return (sameRoot ? from.relativize(to) : to).toString().replace('\\', '/');
    }

    /// One digest for everything that a close stands on and came to: of a tree over its rows, one over its corrections
    /// and one over its files.
    static Map<String, Object> merkle(
            CanonicalCsv.Digest rows, CanonicalCsv.Digest adjustments, List<Map<String, Object>> tables) {
        MerkleTree files = new MerkleTree();
        for (Map<String, Object> table : tables) {
            for (Object each : (List<?>) Objects.requireNonNull(table.get("files"))) {
                Map<?, ?> file = (Map<?, ?>) each;
                files.add(String.format(
                        Locale.ROOT,
                        "%s\t%s\t%s\t%s\t%s",
                        table.get("table"),
                        file.get("path"),
                        file.get("rows"),
                        file.get("bytes"),
                        file.get("sha256")));
            }
        }
        String filesRoot = files.root().hex();
        MerkleTree all = new MerkleTree();
        List.of(rows.merkleRoot(), adjustments.merkleRoot(), filesRoot).forEach(all::add);
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("scheme", SCHEME);
        json.put("csv", rows.merkleRoot());
        json.put("adjustments_csv", adjustments.merkleRoot());
        json.put("files", filesRoot);
        json.put("root", all.root().hex());
        return json;
    }
}
