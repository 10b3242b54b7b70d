package dev.tactus.reconcile.close;

import dev.tactus.digest.MerkleTree;
import dev.tactus.lake.Lake;
import dev.tactus.ledger.royalty.PeriodRecord;
import dev.tactus.reconcile.files.CanonicalCsv;
import dev.tactus.reconcile.manifest.CanonicalJson;
import dev.tactus.reconcile.manifest.CloseManifest;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

/// The folder `closes` of a lake: for each close its manifest, its CSVs and a list of their digests, so that
/// everything it claims can be checked without this program (`verify/verify_close.py`).
final class CloseFolder {
    private static final String SCHEME = "RFC 6962, SHA-256";

    private final Lake lake;

    CloseFolder(Lake lake) {
        this.lake = lake;
    }

    /// Takes out what a close left that never came to be: nothing from this number on is on the record.
    void clear(long number) {
        for (String name : lake.folder().names(CloseManifest.FOLDER)) {
            int end = name.indexOf('-');
            if (end > 0
                    && name.substring(0, end).matches("[0-9]{4,18}")
                    && Long.parseLong(name, 0, end, 10) >= number) {
                lake.folder().delete(CloseManifest.FOLDER + "/" + name);
            }
        }
    }

    /// Puts a CSV there.
    CanonicalCsv.Digest csv(String path, Function<OutputStream, CanonicalCsv.Digest> csv) {
        List<CanonicalCsv.Digest> written = new ArrayList<>();
        lake.folder().put(path, out -> written.add(csv.apply(out)));
        return written.getFirst();
    }

    /// Puts the manifest there, not on the record yet: whoever reads the folder can tell.
    void draft(CloseManifest manifest, CanonicalJson content) {
        lake.folder().put(CloseManifest.path(manifest.record().id(), CloseManifest.UNRECORDED), manifest.sums());
        lake.folder().put(manifest.record().manifest(), content.bytes());
    }

    /// Says that the ledger has it on the record: the digests of all that belongs to it, as `sha256sum -c` reads them.
    void recorded(CloseManifest manifest) {
        lake.folder().put(CloseManifest.path(manifest.record().id(), CloseManifest.SUMS), manifest.sums());
        lake.folder().delete(CloseManifest.path(manifest.record().id(), CloseManifest.UNRECORDED));
    }

    /// Ends what a kill has cut after a close or reopening was recorded, and writes digests anew that are missing.
    void settle(List<PeriodRecord> records) {
        Set<String> there = Set.copyOf(lake.folder().names(CloseManifest.FOLDER));
        for (PeriodRecord record : records) {
            if (!there.contains(record.id() + CloseManifest.SUMS)
                    || there.contains(record.id() + CloseManifest.UNRECORDED)) {
                CloseManifest.of(lake, record).filter(CloseManifest::hasSums).ifPresent(this::recorded);
            }
        }
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
