package dev.tactus.ingest;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Fields of answers that nobody announced: told once a run, kept with it.
final class UnknownFields {
    static final String KIND = "unknown_field";

    private UnknownFields() {}

    static void note(RunContext run, Progress progress) {
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
