package dev.tactus.ingest.accounting;

import dev.tactus.ingest.context.RunContext;
import dev.tactus.ingest.run.ProgressListener;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Fields of payloads that no schema knows: reported once a run and noted with it.
public final class UnknownFieldNotes {
    static final String KIND = "unknown_field";

    private UnknownFieldNotes() {}

    public static void note(RunContext run, ProgressListener progress) {
        Set<String> known = run.ledger().runNotes().list(run.runId()).stream()
                .filter(note -> note.kind().equals(KIND))
                .map(note -> note.text())
                .collect(Collectors.toSet());
        for (String field : news(run.source().unknownFields().stream(), known).toList()) {
            run.ledger().runNotes().add(run.runId(), KIND, field, 1);
            progress.say("an unknown field in what " + run.sourceName() + " sends: " + field);
        }
    }

    private static Stream<String> news(Stream<String> fields, Set<String> known) {
        return fields.filter(field -> !known.contains(field)).sorted();
    }
}
