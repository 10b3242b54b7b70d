package dev.tactus.gateway.usage;

import java.nio.file.Path;
import java.util.Optional;

/// Where the access log is written, and how much of it.
///
/// @param file appended to; standard output where empty
/// @param sample the share of requests answered below 400 that is written, 0 to 1; all others always are
public record AccessLogSettings(Optional<Path> file, double sample) {
    public AccessLogSettings {
        if (!(sample >= 0 && sample <= 1)) {
            throw new IllegalArgumentException("a sample lies between 0% and 100%, not " + sample);
        }
    }
}
