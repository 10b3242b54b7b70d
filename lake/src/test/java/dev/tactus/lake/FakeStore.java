package dev.tactus.lake;

import dev.tactus.lake.files.FileState;
import dev.tactus.lake.files.ObjectStore;
import dev.tactus.lake.files.ObjectStoreProvider;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;

/// An object store in memory, called by its bucket, that can be told to fail.
public final class FakeStore implements ObjectStore {
    private static final Map<String, FakeStore> STORES = new ConcurrentHashMap<>();

    final ConcurrentSkipListMap<String, byte[]> objects = new ConcurrentSkipListMap<>();
    final AtomicLong reads = new AtomicLong();
    private final ConcurrentHashMap<String, Instant> written = new ConcurrentHashMap<>();
    private volatile Random faults = new Random(1);
    private volatile double share;
    /// Whether each write is taken for the second attempt at one whose answer was lost.
    volatile boolean repeats;

    static FakeStore at(String address) {
        return STORES.computeIfAbsent(address, _ -> new FakeStore());
    }

    /// From now on that share of requests fails: half of them before, half of them after they did what they should.
    void fail(double failing, long seed) {
        faults = new Random(seed);
        share = failing;
    }

    byte[] content(String key) {
        return Objects.requireNonNull(objects.get(key), key);
    }

    private synchronized void mayFail() throws IOException {
        if (faults.nextDouble() < share) {
            throw new IOException("connection reset");
        }
    }

    @Override
    public Optional<FileState> find(String key) throws IOException {
        mayFail();
        byte[] content = objects.get(key);
        return content == null
                ? Optional.empty()
                : Optional.of(new FileState(content.length, written.getOrDefault(key, Instant.EPOCH)));
    }

    @Override
    public InputStream read(String key) throws IOException {
        reads.incrementAndGet();
        mayFail();
        byte[] content = objects.get(key);
        if (content == null) {
            throw new NoSuchFileException(key);
        }
        return new ByteArrayInputStream(content);
    }

    @Override
    public void write(String key, Path content, boolean anew) throws IOException {
        mayFail();
        byte[] bytes = Files.readAllBytes(content);
        if (anew) {
            objects.put(key, bytes);
        } else if (objects.putIfAbsent(key, bytes) != null) {
            throw new FileAlreadyExistsException(key);
        }
        written.put(key, Instant.now());
        if (repeats && !anew) {
            throw new FileAlreadyExistsException(key);
        }
        mayFail();
    }

    @Override
    public List<String> list(String prefix) throws IOException {
        mayFail();
        return objects.keySet().stream().filter(key -> key.startsWith(prefix)).toList();
    }

    @Override
    public void delete(String key) throws IOException {
        mayFail();
        objects.remove(key);
    }

    @Override
    public void close() {
        share = 0;
    }

    /// Found as the add-on for S3 would be.
    public static final class Provider implements ObjectStoreProvider {
        @Override
        public boolean knows(String scheme) {
            return scheme.equals("s3");
        }

        @Override
        public ObjectStore open(String address, Map<String, String> settings) {
            return at(address);
        }
    }
}
