package dev.tactus.lake.remote;

import dev.tactus.digest.Sha256;
import dev.tactus.lake.failure.LakeDamaged;
import dev.tactus.lake.failure.LakeFailures;
import dev.tactus.lake.files.DurableFileIO;
import dev.tactus.lake.files.LakeFiles;
import dev.tactus.lake.place.CatalogService;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;

/// The files of a catalog's books, each with its digest in its name, as the snapshots that count changes name them.
public final class BookFiles {
    /// What a snapshot names its book by.
    static final String PROPERTY = "tactus.book";

    private static final Pattern NAME = Pattern.compile("book-[0-9a-f-]{36}-([0-9a-f]{64})\\.jsonl\\.gz");

    private final LakeFiles kept;
    private final CatalogService service;

    BookFiles(LakeFiles kept, CatalogService service) {
        this.kept = kept;
        this.service = service;
    }

    private static Path folder(LakeFiles kept) {
        return LakeChange.folder(kept).resolve("books");
    }

    /// The book that a change has left.
    ///
    /// @throws LakeDamaged if it is not what was written
    byte[] read(Snapshot change) {
        String name = change.summary().getOrDefault(PROPERTY, "");
        Matcher parts = NAME.matcher(name);
        if (!parts.matches()) {
            throw new LakeDamaged(
                    "the newest snapshot of " + CatalogService.CHANGES + " at " + service + " names no book: another"
                            + " hand has added it. " + LakeDamaged.REMEDY,
                    null);
        }
        Path file = folder(kept).resolve(name);
        try (InputStream in = kept.read(file)) {
            byte[] content = in.readAllBytes();
            if (!Sha256.of(content).hex().equals(parts.group(1))) {
                throw new LakeDamaged(
                        "the catalog's book " + file + " was changed since it was written. " + LakeDamaged.REMEDY,
                        null);
            }
            return content;
        } catch (IOException e) {
            throw LakeFailures.of("the catalog's book " + DurableFileIO.location(file) + " can't be read", e);
        }
    }

    /// Keeps a new one; returns its name.
    String write(byte[] content) {
        String name = "book-" + UUID.randomUUID() + "-" + Sha256.of(content).hex() + ".jsonl.gz";
        try (OutputStream out = kept.create(folder(kept).resolve(name), false)) {
            out.write(content);
        } catch (IOException e) {
            throw LakeFailures.of("the catalog's book can't be written", e);
        }
        return name;
    }

    /// Those that the changes which are kept name.
    public static Set<Path> named(Table changes, LakeFiles kept) {
        Set<Path> books = new HashSet<>();
        for (Snapshot snapshot : changes.snapshots()) {
            books.add(folder(kept).resolve(snapshot.summary().getOrDefault(PROPERTY, "none")));
        }
        return books;
    }
}
