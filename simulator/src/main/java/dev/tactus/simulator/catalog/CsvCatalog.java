package dev.tactus.simulator.catalog;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import dev.tactus.music.Artist;
import dev.tactus.music.Recording;
import dev.tactus.music.Track;
import dev.tactus.music.identifiers.InvalidIsrc;
import dev.tactus.music.identifiers.Isrc;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A catalog read from a CSV file with a header: isrc, and where present title, artists (separated by `;`),
/// duration_ms, explicit, album, release_date, label, upc, and track_uri or track_id for the service's own id.
/// An ISRC on several rows has several tracks. Rows without a valid ISRC are left out. Kept in memory. Immutable.
public final class CsvCatalog implements ServedCatalog {
    private static final Logger log = LoggerFactory.getLogger(CsvCatalog.class);

    private final List<Recording> recordings;
    private final Map<Isrc, List<Track>> tracks;
    private final Map<String, Track> byId;
    private final Audience audience;

    private CsvCatalog(List<Recording> recordings, Map<Isrc, List<Track>> tracks, long seed) {
        this.recordings = List.copyOf(recordings);
        this.tracks = Map.copyOf(tracks);
        this.byId = new HashMap<>();
        tracks.values().forEach(all -> all.forEach(track -> byId.put(track.id(), track)));
        this.audience = new Audience(seed);
    }

    public static CsvCatalog read(Path csv, long seed) {
        List<Recording> recordings = new ArrayList<>();
        Map<Isrc, List<Track>> tracks = new LinkedHashMap<>();
        SyntheticIds ids = new SyntheticIds(seed);
        try (CsvReader<NamedCsvRecord> rows = CsvReader.builder()
                .detectBomHeader(true)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .ofNamedCsvRecord(csv)) {
            for (NamedCsvRecord fields : rows) {
                Row row = new Row(fields, seed);
                Optional<Isrc> isrc = row.isrc();
                if (isrc.isEmpty()) {
                    continue;
                }
                List<Track> known = tracks.computeIfAbsent(isrc.get(), any -> new ArrayList<>());
                if (known.isEmpty()) {
                    recordings.add(row.recording(isrc.get()));
                }
                known.add(row.track(isrc.get(), ids, known.size()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the catalog " + csv + ": " + e.getMessage(), e);
        } catch (CsvParseException e) {
            throw new IllegalArgumentException(csv + " is not a CSV file: " + e.getMessage(), e);
        }
        if (recordings.isEmpty()) {
            throw new IllegalArgumentException(csv + " has no row with a valid ISRC in a column named isrc");
        }
        return new CsvCatalog(recordings, tracks, seed);
    }

    @Override
    public long recordings() {
        return recordings.size();
    }

    @Override
    public Recording recording(long index) {
        return recordings.get(Math.toIntExact(index));
    }

    @Override
    public List<Track> tracksOf(Isrc isrc) {
        return tracks.getOrDefault(isrc, List.of());
    }

    @Override
    public Optional<Track> track(String trackId) {
        return Optional.ofNullable(byId.get(trackId));
    }

    @Override
    public Audience audience() {
        return audience;
    }

    /// One line of the file.
    private record Row(NamedCsvRecord fields, long seed) {
        Optional<Isrc> isrc() {
            try {
                return Optional.of(Isrc.parse(text("isrc").orElse("")));
            } catch (InvalidIsrc e) {
                log.warn("catalog line {} is left out: {}", fields.getStartingLineNumber(), e.getMessage());
                return Optional.empty();
            }
        }

        Recording recording(Isrc isrc) {
            return new Recording(
                    isrc,
                    orNull(text("title")),
                    artists(),
                    orNull(text("artists")),
                    duration(),
                    orNull(text("upc")),
                    explicit(),
                    orNull(text("label")),
                    orNull(text("release_date")),
                    List.of(),
                    0);
        }

        Track track(Isrc isrc, SyntheticIds ids, int which) {
            long random = SplitMix.of(seed, isrc.value());
            Long duration = duration();
            Boolean explicit = explicit();
            String id = text("track_uri")
                    .or(() -> text("track_id"))
                    .map(uri -> uri.substring(uri.lastIndexOf(':') + 1))
                    .orElseGet(() -> ids.idOf(random + which));
            return new Track(
                    id,
                    isrc,
                    text("title").orElse("Untitled"),
                    artists().stream()
                            .map(name -> new Artist(ids.idOf(SplitMix.of(seed, name)), name))
                            .toList(),
                    duration == null ? 90_000L + SplitMix.below(random, 270_000) : duration,
                    explicit != null && explicit,
                    ids.idOf(SplitMix.of(seed, text("album").orElse(isrc.value()))),
                    text("album").or(() -> text("title")).orElse("Untitled"),
                    text("release_date").orElse("2020"));
        }

        private List<String> artists() {
            return text("artists").stream()
                    .flatMap(credit -> List.of(credit.split(";")).stream())
                    .map(String::strip)
                    .filter(name -> !name.isEmpty())
                    .toList();
        }

        private @Nullable Long duration() {
            return text("duration_ms")
                    .filter(digits -> digits.matches("\\d{1,12}"))
                    .map(Long::valueOf)
                    .orElse(null);
        }

        private @Nullable Boolean explicit() {
            return text("explicit").map(Boolean::parseBoolean).orElse(null);
        }

        private Optional<String> text(String column) {
            return fields.findField(column).map(String::strip).filter(value -> !value.isEmpty());
        }

        private static <T> @Nullable T orNull(Optional<T> value) {
            return value.orElse(null);
        }
    }
}
