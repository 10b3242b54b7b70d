package dev.tactus.source;

import dev.tactus.limits.ScopedLimit;
import dev.tactus.music.Dataset;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// How one DSP's API speaks, as data: paths, parameters, batches, limits, errors, schemas, and where each field of a
/// row is found.
///
/// Immutable and safe to share.
@SuppressWarnings("DoNotCallSuggester")
public final class SourceProfile {

    /// Loads a bundled profile by name, or a YAML file.
    ///
    /// @param nameOrPath `spotify-for-artists`, `deezer`, or the path of a YAML file
    /// @param relativeTo the folder a relative path starts from
    /// @throws dev.tactus.settings.BadSetting if there is no such profile or it is wrong
    public static SourceProfile load(String nameOrPath, Path relativeTo) {
        throw new UnsupportedOperationException("not yet: " + nameOrPath + relativeTo);
    }

    /// Its name.
    public String name() {
        throw new UnsupportedOperationException();
    }

    /// Whether calls carry a token had for credentials.
    public boolean authenticates() {
        throw new UnsupportedOperationException();
    }

    /// The API's usual address.
    public Optional<URI> baseUrl() {
        throw new UnsupportedOperationException();
    }

    /// Where its tokens are usually had.
    public Optional<URI> tokenUrl() {
        throw new UnsupportedOperationException();
    }

    /// The limits the DSP documents; empty where it documents none.
    public List<ScopedLimit> limits() {
        throw new UnsupportedOperationException();
    }

    /// The path classes with quotas of their own.
    public List<String> paths() {
        throw new UnsupportedOperationException();
    }

    /// What it can fetch.
    public Set<Dataset> datasets() {
        throw new UnsupportedOperationException();
    }

    /// How exact its track durations are: 1 ms, 1 s.
    public Duration precision() {
        throw new UnsupportedOperationException();
    }

    /// How long the track ids of an ISRC hold before they are searched again.
    public Duration resolvedIdsFresh() {
        throw new UnsupportedOperationException();
    }

    /// How long an ISRC that was not found is not searched again.
    public Duration absentIdsFresh() {
        throw new UnsupportedOperationException();
    }

    /// How long to wait before a pending day is asked for again.
    public Duration pendingRetry() {
        throw new UnsupportedOperationException();
    }
}
