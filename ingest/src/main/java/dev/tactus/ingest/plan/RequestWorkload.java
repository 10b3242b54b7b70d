package dev.tactus.ingest.plan;

import dev.tactus.ingest.context.RunContext;
import dev.tactus.ledger.Ledger;
import dev.tactus.ledger.catalog.Freshness;
import dev.tactus.ledger.items.ItemCounts;
import dev.tactus.ledger.items.ItemState;
import dev.tactus.ledger.items.SliceCounts;
import dev.tactus.music.Dataset;
import dev.tactus.source.profile.SourceProfile;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// How many requests open items need, by endpoint, without retries.
///
/// A search takes one request a recording. Everything else goes in batches of track ids; a recording of which the ids
/// aren't known yet counts for one.
///
/// @param byPath requests for each path, those with none included
public record RequestWorkload(Map<String, Long> byPath) {
    /// The open items of one dataset on one day, all recordings beside it being done.
    record Slice(Dataset dataset, long open) {}

    /// What is known of the catalog's ids.
    ///
    /// @param recordings active ones
    /// @param unresolved those of them without fresh ids
    /// @param trackIds fresh ids of the others
    record Ids(long recordings, long unresolved, long trackIds) {
        static Ids of(Ledger ledger, String source, Freshness fresh) {
            return new Ids(
                    ledger.recordings().count(),
                    ledger.resolutions().unresolved(source, fresh),
                    ledger.resolutions().freshTrackIds(source, fresh));
        }
    }

    static RequestWorkload of(SourceProfile source, List<Slice> slices, Ids ids) {
        Map<String, Long> calls = new TreeMap<>(Comparator.naturalOrder());
        long unresolved = source.resolves() ? Math.min(ids.unresolved(), most(slices)) : 0;
        if (source.resolves()) {
            calls.put(source.resolvePath(), unresolved);
        }
        long resolved = Math.max(0, ids.recordings() - ids.unresolved());
        for (Slice slice : slices) {
            // what is searched for has its tracks from the search
            boolean landsWithSearch =
                    slice.dataset() == Dataset.TRACKS && source.resolves() && source.resolveLandsTracks();
            long known = Math.max(0, slice.open() - unresolved);
            double idsEach = resolved == 0 || !source.resolves() ? 1 : (double) ids.trackIds() / resolved;
            double tracks = known * idsEach + (landsWithSearch ? 0 : Math.min(slice.open(), unresolved));
            long batch = source.batchSize(slice.dataset());
            calls.merge(source.path(slice.dataset()), (long) Math.ceil(tracks / batch), Long::sum);
        }
        return new RequestWorkload(calls);
    }

    /// What a run still has to do.
    public static RequestWorkload left(RunContext run) {
        return of(
                run.source().profile(),
                open(run.ledger().items().countsBySlice(run.runId())),
                Ids.of(run.ledger(), run.sourceName(), run.fresh()));
    }

    static List<Slice> open(List<SliceCounts> slices) {
        return slices.stream()
                .map(slice -> new Slice(slice.dataset(), open(slice.counts())))
                .toList();
    }

    public long requests() {
        return byPath.values().stream().mapToLong(Long::longValue).sum();
    }

    private static long open(ItemCounts counts) {
        return counts.of(ItemState.PLANNED) + counts.of(ItemState.PARKED);
    }

    private static long most(List<Slice> slices) {
        return slices.stream().mapToLong(Slice::open).max().orElse(0);
    }
}
