package dev.tactus.console.runs;

import dev.tactus.console.output.HumanFormat;
import dev.tactus.console.output.JsonObject;
import dev.tactus.ledger.items.ItemCounts;
import dev.tactus.ledger.runs.Run;
import dev.tactus.music.Dataset;
import java.util.List;

/// A run, in words and as JSON.
final class RunView {
    private RunView() {}

    static JsonObject fields(Run run, ItemCounts counts) {
        return JsonObject.of("run_id", run.id())
                .put("state", HumanFormat.label(run.state()))
                .put("source", run.source())
                .put("from", run.from())
                .put("to", run.to())
                .put("datasets", datasets(run))
                .putAll(ItemCountsView.fields(counts))
                .put("open", counts.open())
                .put("unfinished", run.state().isUnfinished())
                .put("requests", run.counters().requests())
                .put("throttled", run.counters().throttled())
                .put("retried", run.counters().retried())
                .put("note", run.note())
                .put("started_at", run.startedAt())
                .put("ended_at", run.endedAt())
                .put("catalog_hash", run.catalogHash())
                .put("code_version", run.codeVersion());
    }

    static List<String> datasets(Run run) {
        return run.datasets().stream().sorted().map(Dataset::label).toList();
    }

    static String days(Run run) {
        return run.from().equals(run.to()) ? run.from().toString() : run.from() + ".." + run.to();
    }
}
