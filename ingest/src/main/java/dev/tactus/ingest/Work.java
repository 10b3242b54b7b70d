package dev.tactus.ingest;

import dev.tactus.ingest.context.FailpointListener;
import dev.tactus.ingest.context.RunContext;
import dev.tactus.ingest.context.StopSignal;
import dev.tactus.ingest.fetch.PageRounds;
import dev.tactus.ingest.fetch.ProgressMeter;
import dev.tactus.ingest.fetch.ResolutionBuffer;
import dev.tactus.ingest.landing.ChunkBounds;
import dev.tactus.ingest.landing.ItemProgress;
import dev.tactus.ingest.landing.LandingWriter;
import dev.tactus.ingest.landing.PartPublication;
import dev.tactus.ingest.run.DueRuns;
import dev.tactus.ingest.run.ProgressListener;
import dev.tactus.ingest.run.SyncRequest;
import dev.tactus.ingest.run.SyncResources;
import dev.tactus.ledger.Ledger;
import dev.tactus.ledger.catalog.Freshness;
import dev.tactus.ledger.runs.Run;
import dev.tactus.ledger.runs.RunState;
import dev.tactus.ledger.work.PageCounts;
import java.time.Instant;
import java.util.List;

/// The work of a process on the runs of a source that others have planned and will publish: it fetches what is open of
/// each until there is none.
///
/// [#run] blocks and is called once; [#stop] may be called by any thread.
public final class Work {
    private final SyncResources resources;
    private final SyncRequest template;
    private final ProgressListener progress;
    private final StopSignal stop = new StopSignal();
    private long settled;

    /// @param template for a request, whose days are left aside
    public Work(SyncResources resources, SyncRequest template, ProgressListener progress) {
        this.resources = resources;
        this.template = template;
        this.progress = progress;
    }

    /// The runs of a source in which something is left to be fetched, the oldest first.
    public static List<Run> open(Ledger ledger, String source) {
        return ledger.runs().unfinished(source).stream()
                .filter(run -> run.state() == RunState.RUNNING || run.state() == RunState.PUBLISHING)
                .filter(run -> {
                    PageCounts counts = ledger.pages().counts(run.id());
                    return counts.open() > 0 || counts.claimed() > 0;
                })
                .toList();
    }

    /// Works until nothing is open or it is stopped; returns how many items it has settled.
    ///
    /// @throws dev.tactus.ledger.work.LeaseLost if it was taken for dead
    public long run() {
        resources.share().orElseThrow().onLost(stop::fail);
        for (List<Run> open = open(resources.ledger(), resources.sourceName());
                !open.isEmpty() && !stop.requested();
                open = open(resources.ledger(), resources.sourceName())) {
            long before = settled;
            for (Run run : open) {
                if (!stop.requested()) {
                    work(run);
                }
            }
            if (settled == before) {
                break;
            }
        }
        return settled;
    }

    private void work(Run run) {
        progress.say("works on run " + run.id());
        Instant now = resources.clock().instant();
        Freshness fresh = Freshness.of(
                now,
                resources.source().profile().resolvedIdsFresh(),
                resources.source().profile().absentIdsFresh());
        RunContext context = new RunContext(
                resources, run, DueRuns.continuing(resources.ledger(), run, template), fresh, FailpointListener.none());
        ResolutionBuffer resolutions = new ResolutionBuffer(resources.ledger(), resources.sourceName());
        ItemProgress items = new ItemProgress();
        ProgressMeter meter = new ProgressMeter(context, items, progress);
        try (RunCheckpointer checkpointer =
                        new RunCheckpointer(context, resolutions, meter::report, stop::fail).start();
                LandingWriter landing = new LandingWriter(
                                context, ChunkBounds.defaults(), items, PartPublication.none(), stop::fail)
                        .start()) {
            boolean _ = new PageRounds(context, landing, resolutions, items, meter, stop, progress).run();
            checkpointer.checkpoint();
            settled += landing.settled();
        }
    }

    /// Requests that it seals what it has and ends; it does within a few seconds.
    public void stop() {
        stop.request();
    }
}
