package dev.tactus.lake.backup;

/// A file of a backup.
///
/// @param path relative to the backup's folder, with forward slashes
/// @param sha256 lower-case hex
public record BackupFile(String path, long bytes, String sha256) {}
