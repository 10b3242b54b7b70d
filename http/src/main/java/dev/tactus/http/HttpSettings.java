package dev.tactus.http;

import java.time.Duration;

/// How long one HTTP request may take and how large its response may be.
///
/// @param connect until the connection is established
/// @param idle the longest silence while a response is awaited or read
/// @param total from the first byte sent to the last byte read, however busy the connection is
/// @param maxBodyBytes the largest body accepted, in bytes after decompression
public record HttpSettings(Duration connect, Duration idle, Duration total, int maxBodyBytes) {
    public HttpSettings {
        if (!connect.isPositive() || !idle.isPositive() || !total.isPositive()) {
            throw new IllegalArgumentException("timeouts must be positive: " + connect + ", " + idle + ", " + total);
        }
        if (maxBodyBytes < 1024) {
            throw new IllegalArgumentException("a body of less than 1024 bytes holds no response: " + maxBodyBytes);
        }
    }

    /// 10 s to connect, 30 s of silence, 60 s in all, 32 MiB.
    public static HttpSettings defaults() {
        return new HttpSettings(Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofSeconds(60), 32 << 20);
    }
}
