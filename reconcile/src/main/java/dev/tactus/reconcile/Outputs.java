package dev.tactus.reconcile;

import dev.tactus.lake.Lake;
import dev.tactus.lake.LakeTable;
import dev.tactus.lake.Workbench;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The files that a reconciliation leaves for people, in a folder of theirs: each is there whole or not at all.
public final class Outputs {
    static final String BY_KEY = "isrc, territory, usage_type";

    private final Lake lake;
    private final Path folder;
    private final int megabytes;

    public Outputs(Lake lake, Path folder, int megabytes) {
        this.lake = lake;
        this.folder = folder;
        this.megabytes = megabytes;
    }

    /// Writes what a reconciliation came to.
    ///
    /// @throws UncheckedIOException if the folder can't be written
    public List<Path> write(Reconciliation done) {
        String name = done.source() + "-" + done.period();
        List<Path> files = new ArrayList<>();
        try (Workbench bench = lake.workbench(megabytes, Map.of(LakeTable.RECONCILED, done.snapshotId()))) {
            String rows = bench.relation(Reconciler.reconciled(done.source(), done.period()));
            files.add(whole(name + ".csv", out -> Csv.write(bench, rows, Csv.RECONCILED, BY_KEY, out)));
        }
        return List.copyOf(files);
    }

    private interface Content {
        void write(OutputStream out) throws IOException;
    }

    private Path whole(String name, Content content) {
        Path file = folder.resolve(name);
        Path draft = folder.resolve("." + name + ".new");
        try {
            Files.createDirectories(folder);
            try (OutputStream out = Files.newOutputStream(draft)) {
                content.write(out);
            }
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
