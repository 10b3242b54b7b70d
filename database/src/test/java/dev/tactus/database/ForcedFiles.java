package dev.tactus.database;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// What the disk holds of the files in a folder if the power fails now: each as it was when SQLite last forced it.
///
/// It stands between SQLite's native library and the system call: the library's slot for `fsync` is led here, and back
/// when closed. Files that are there at the beginning count as forced.
final class ForcedFiles implements AutoCloseable {
    private static final FunctionDescriptor FSYNC = FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT);

    private final Path folder;
    private final Map<Path, byte[]> forced = new ConcurrentHashMap<>();
    private final MethodHandle fsync;
    private final Arena arena = Arena.ofShared();
    private final MemorySegment slot;
    private final long original;

    @SuppressWarnings("restricted")
    private ForcedFiles(Path folder) throws IOException, ReflectiveOperationException {
        this.folder = folder;
        try (var files = Files.list(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                keep(file);
            }
        }
        Linker linker = Linker.nativeLinker();
        this.fsync = linker.downcallHandle(linker.defaultLookup().find("fsync").orElseThrow(), FSYNC);
        MethodHandle handler = MethodHandles.lookup()
                .findVirtual(ForcedFiles.class, "forced", MethodType.methodType(int.class, int.class))
                .bindTo(this);
        this.slot = MemorySegment.ofAddress(slotAddress()).reinterpret(ValueLayout.JAVA_LONG.byteSize());
        this.original = slot.get(ValueLayout.JAVA_LONG, 0);
        slot.set(
                ValueLayout.JAVA_LONG,
                0,
                linker.upcallStub(handler, FSYNC, arena).address());
    }

    /// @param folder in which a database is open already, so that the native library is loaded
    static ForcedFiles in(Path folder) throws IOException, ReflectiveOperationException {
        return new ForcedFiles(folder.toRealPath());
    }

    /// Writes what the disk holds to a new folder.
    Path copyTo(Path target) throws IOException {
        Files.createDirectory(target);
        for (Map.Entry<Path, byte[]> file : forced.entrySet()) {
            Files.write(target.resolve(folder.relativize(file.getKey())), file.getValue());
        }
        return target;
    }

    @Override
    public void close() {
        slot.set(ValueLayout.JAVA_LONG, 0, original);
        arena.close();
    }

    /// In the place of `fsync`; nothing may be thrown into C.
    @SuppressWarnings("unused") // the native library calls it
    private int forced(int descriptor) {
        try {
            Path file = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor));
            if (folder.equals(file.getParent()) && Files.isRegularFile(file)) {
                keep(file);
            }
            return (int) fsync.invokeExact(descriptor);
        } catch (Throwable e) {
            e.printStackTrace();
            return -1;
        }
    }

    /// The index in shared memory is never forced, and made again.
    private void keep(Path file) throws IOException {
        if (!file.toString().endsWith("-shm")) {
            forced.put(file, Files.readAllBytes(file));
        }
    }

    private static long slotAddress() throws IOException {
        List<String> maps = Files.readAllLines(Path.of("/proc/self/maps"));
        String first = maps.stream()
                .filter(map -> map.contains("sqlitejdbc"))
                .findFirst()
                .orElseThrow();
        long base = Long.parseUnsignedLong(first.substring(0, first.indexOf('-')), 16);
        Path library = Path.of(first.substring(first.indexOf('/')).replace(" (deleted)", ""));
        return base + ElfImports.slot(Files.readAllBytes(library), "fsync");
    }
}
