package dev.tactus.lake.table;

import dev.tactus.lake.files.FilePermissions;

/// What the lake may use of the machine.
///
/// @param memoryMegabytes DuckDB's own limit, off the heap, for each phase; the process takes this, the heap and 100 to
/// 300 MB
/// @param threads DuckDB's threads
/// @param targetFileBytes size at which a data file is full and the next one begins
/// @param permissions of the files and folders that it makes
public record LakeSettings(int memoryMegabytes, int threads, long targetFileBytes, FilePermissions permissions) {
    public LakeSettings {
        if (memoryMegabytes < 64) {
            throw new IllegalArgumentException("memoryMegabytes must be at least 64, but is " + memoryMegabytes);
        }
        if (threads < 1) {
            throw new IllegalArgumentException("threads must be at least 1, but is " + threads);
        }
        if (targetFileBytes < 1024) {
            throw new IllegalArgumentException("targetFileBytes must be at least 1024, but is " + targetFileBytes);
        }
    }

    /// What is made is for its owner alone.
    public LakeSettings(int memoryMegabytes, int threads, long targetFileBytes) {
        this(memoryMegabytes, threads, targetFileBytes, FilePermissions.ownerOnly());
    }

    /// 256 MB, two threads, files of 128 MB.
    public static LakeSettings defaults() {
        return new LakeSettings(256, 2, 128L << 20);
    }

    public LakeSettings withThreads(int other) {
        return new LakeSettings(memoryMegabytes, other, targetFileBytes, permissions);
    }

    public LakeSettings withMemory(int megabytes) {
        return new LakeSettings(megabytes, threads, targetFileBytes, permissions);
    }

    public LakeSettings withPermissions(FilePermissions other) {
        return new LakeSettings(memoryMegabytes, threads, targetFileBytes, other);
    }
}
