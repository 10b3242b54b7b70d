package dev.tactus.ingest;

import dev.tactus.ingest.ReplayReport.Outcome;
import dev.tactus.ingest.accounting.RunCompletion;
import dev.tactus.ingest.accounting.RunPublisher;
import dev.tactus.ingest.context.FailpointListener;
import dev.tactus.ingest.landing.RowAppender;
import dev.tactus.ingest.run.SyncResources;
import dev.tactus.lake.staging.ChunkWriter;
import dev.tactus.ledger.Ledger;
import dev.tactus.ledger.publications.ChunkFile;
import dev.tactus.ledger.quality.DeadLetter;
import dev.tactus.ledger.quality.DeadLetterState;
import dev.tactus.ledger.runs.Run;
import dev.tactus.ledger.runs.RunState;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Replays dead letters: their kept payloads are read with the profile as it is now, and what is valid lands in a
/// publication of its own under the run that rejected it.
///
/// Sends no request. The caller holds the ledger's lock.
public final class DeadLetterReplay {
    private static final int MOST = 100_000;

    private final SyncResources resources;
    private final RunPublisher publisher;

    public DeadLetterReplay(SyncResources resources, String codeVersion) {
        this.resources = resources;
        this.publisher = new RunPublisher(resources.ledger(), resources.lake(), codeVersion, FailpointListener.none());
    }

    /// Replays the letters of this source with these ids, or its open ones where none is named.
    ///
    /// @throws IllegalArgumentException if an id fits no letter, or one of another source
    /// @throws RunFailure if what was read again does not add up
    public ReplayReport run(List<String> ids) {
        List<Outcome> outcomes = new ArrayList<>();
        List<DeadLetter> letters =
                ids.isEmpty() ? open() : ids.stream().map(this::named).toList();
        Set<String> runs = new LinkedHashSet<>();
        letters.forEach(letter -> runs.add(letter.letter().runId()));
        for (String runId : runs) {
            Run run = resources.ledger().runs().find(runId).orElseThrow();
            outcomes.addAll(replay(
                    run,
                    letters.stream()
                            .filter(letter -> letter.letter().runId().equals(runId))
                            .toList()));
        }
        return new ReplayReport(outcomes);
    }

    private List<Outcome> replay(Run run, List<DeadLetter> letters) {
        List<Outcome> outcomes = new ArrayList<>();
        if (run.state() != RunState.FINISHED && run.state() != RunState.INCOMPLETE) {
            letters.forEach(letter -> outcomes.add(new ReplayReport.StillWrong(
                    letter.id(), "run_not_published", "run " + run.id() + " is not published yet; finish it first")));
            return outcomes;
        }
        Ledger ledger = resources.ledger();
        DeadLetterReader reader = new DeadLetterReader(resources, run);
        try (ChunkWriter writer = resources.lake().staging().writer(run.id())) {
            RowAppender rows = new RowAppender(writer, resources.sourceName(), run.id());
            List<DeadLetterReader.Valid> valid = new ArrayList<>();
            for (DeadLetter letter : letters) {
                switch (reader.read(letter)) {
                    case DeadLetterReader.Valid found -> valid.add(found);
                    case DeadLetterReader.Invalid invalid ->
                        outcomes.add(new ReplayReport.StillWrong(letter.id(), invalid.reason(), invalid.detail()));
                }
            }
            List<DeadLetterReader.Outcomes> landed =
                    valid.stream().map(found -> found.land(rows)).toList();
            List<ChunkFile> files =
                    writer.seal().stream().map(RowAppender::noted).toList();
            ledger.transaction(() -> {
                ledger.chunks().note(run.id(), files);
                for (DeadLetterReader.Outcomes one : landed) {
                    ledger.resolutions().record(resources.sourceName(), one.resolutions());
                    ledger.items().record(run.id(), one.items());
                    ledger.awaited().note(run.id(), one.awaited());
                    ledger.deadLetters().state(one.letterId(), DeadLetterState.REPLAYED);
                    outcomes.add(new ReplayReport.Landed(one.letterId(), one.landed(), one.rows()));
                }
            });
        }
        publisher.publish(run);
        RunCompletion.settle(ledger, run.id());
        return outcomes;
    }

    private List<DeadLetter> open() {
        return resources.ledger().deadLetters().list(DeadLetterState.OPEN, MOST).stream()
                .filter(letter -> letter.letter().source().equals(resources.sourceName()))
                .toList();
    }

    private DeadLetter named(String id) {
        Optional<DeadLetter> letter = resources.ledger().deadLetters().find(id);
        return letter.filter(found -> found.letter().source().equals(resources.sourceName()))
                .orElseThrow(() -> new IllegalArgumentException(
                        "no dead letter of " + resources.sourceName() + " has the id " + id));
    }
}
