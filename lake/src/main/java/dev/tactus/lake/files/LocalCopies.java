package dev.tactus.lake.files;

import dev.tactus.digest.Sha256;
import dev.tactus.lake.failure.LakeUnavailable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The copies on this machine of what an object store keeps, bounded: those that nobody works on give way, the one that
/// was used longest ago first. Thread-safe.
final class LocalCopies {
    /// A copy.
    ///
    /// @param inUse whether somebody works on it
    private record Copy(Sha256 digest, long bytes, boolean inUse) {}

    private final long mostBytes;
    /// In the order in which they were used last.
    private final Map<Path, Copy> copies = new LinkedHashMap<>();
    private long bytes;

    LocalCopies(long mostBytes) {
        this.mostBytes = mostBytes;
    }

    /// The digest of a copy that is there, which is worked on from now on.
    synchronized Optional<Sha256> use(Path place) {
        @Nullable Copy copy = copies.remove(place);
        if (copy == null || !Files.exists(place)) {
            bytes -= copy == null ? 0 : copy.bytes();
            return Optional.empty();
        }
        copies.put(place, new Copy(copy.digest(), copy.bytes(), true));
        return Optional.of(copy.digest());
    }

    /// Makes room for one that is about to be made.
    ///
    /// @throws LakeUnavailable if all that is there is worked on
    synchronized void makeRoom(long more) throws IOException {
        List<Path> idle = new ArrayList<>();
        copies.forEach((place, copy) -> {
            if (!copy.inUse()) {
                idle.add(place);
            }
        });
        for (Path place : idle) {
            if (bytes + more <= mostBytes) {
                return;
            }
            remove(place);
        }
        if (bytes + more > mostBytes) {
            throw new LakeUnavailable(
                    "what is worked on does not fit into the local copy of the lake: %,d bytes are in use, %,d more are"
                                    .formatted(bytes, more)
                            + " needed, and %,d are allowed. Allow more (lake: cache: gigabytes), or ask for less at once"
                                    .formatted(mostBytes),
                    null);
        }
    }

    synchronized void add(Path place, Sha256 digest, long size, boolean inUse) {
        @Nullable Copy before = copies.remove(place);
        bytes += size - (before == null ? 0 : before.bytes());
        copies.put(place, new Copy(digest, size, inUse));
    }

    synchronized void release(Collection<Path> places) {
        places.forEach(
                place -> copies.computeIfPresent(place, (_, copy) -> new Copy(copy.digest(), copy.bytes(), false)));
    }

    synchronized void remove(Path place) throws IOException {
        @Nullable Copy copy = copies.remove(place);
        bytes -= copy == null ? 0 : copy.bytes();
        Files.deleteIfExists(place);
    }
}
