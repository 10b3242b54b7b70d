package dev.tactus.console.limits;

import dev.tactus.console.command.CommandOptions;
import dev.tactus.console.command.Stores;
import dev.tactus.console.command.TactusCommand;
import dev.tactus.console.config.Configuration;
import dev.tactus.console.output.HumanFormat;
import dev.tactus.console.output.JsonObject;
import dev.tactus.console.output.TextTable.Column;
import dev.tactus.ledger.Ledger;
import dev.tactus.limits.Limit;
import dev.tactus.limits.ScopeState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;

@Command(
        name = "list",
        description = "Lists the learned limits of each source, and the penalties in force.",
        footerHeading = "%nExample:%n",
        footer = "  tactus limits list")
public final class LimitsListCommand extends TactusCommand {
    /// What is kept of one scope of a source.
    private record Entry(String source, ScopeState state, Optional<Instant> closedUntil) {}

    private static final List<Column<Entry>> COLUMNS = List.of(
            new Column<>("SOURCE", Entry::source),
            new Column<>("SCOPE", entry -> entry.state().scope()),
            new Column<>(
                    "LEARNED",
                    entry -> entry.state()
                            .learned()
                            .map(LimitsListCommand::text)
                            .orElseGet(() -> underWay(entry.state()))),
            new Column<>(
                    "SINCE",
                    entry -> entry.state()
                            .learned()
                            .map(learned -> learned.learnedAt().toString())
                            .orElse("")),
            new Column<>(
                    "CLOSED UNTIL",
                    entry -> entry.closedUntil().map(Instant::toString).orElse("")));

    public LimitsListCommand(CommandOptions options) {
        super(options);
    }

    @Override
    public Integer call() {
        Configuration configuration = options.configuration();
        Instant now = options.console().clock().instant();
        try (Ledger ledger = Stores.ledgerToRead(configuration, options.console())) {
            List<Entry> entries = configuration.sources().keySet().stream()
                    .flatMap(source -> ledger.limitStates().load(source).stream()
                            .map(state -> new Entry(source, state, state.closedUntil(now))))
                    .toList();
            long closed = entries.stream()
                    .filter(entry -> entry.closedUntil().isPresent())
                    .count();
            return options.printList(
                    JsonObject.of("closed", closed),
                    "limits",
                    entries,
                    LimitsListCommand::fields,
                    COLUMNS,
                    HumanFormat.counted(entries.size(), "scope", "scopes")
                            + (closed == 0
                                    ? ""
                                    : ", " + closed + " closed by the service; tactus limits forget SCOPE lifts it"));
        }
    }

    private static JsonObject fields(Entry entry) {
        Optional<ScopeState.LearnedCeiling> learned = entry.state().learned();
        return JsonObject.of("source", entry.source())
                .put("scope", entry.state().scope())
                .put(
                        "learned",
                        learned.map(known -> JsonObject.of(
                                        "permits", known.limit().permits())
                                .put("window_seconds", known.limit().window().toMillis() / 1000.0)
                                .put("burst", known.burst().stream().boxed().findFirst())
                                .put("since", known.learnedAt())))
                .put("in_flight", entry.state().inFlight().stream().boxed().findFirst())
                .put("closed_until", entry.closedUntil())
                .put("remembered_calls", entry.state().stamps().size())
                .put("saved_at", entry.state().savedAt());
    }

    private static String underWay(ScopeState state) {
        return state.inFlight().isPresent() ? state.inFlight().getAsInt() + " at once" : "";
    }

    private static String text(ScopeState.LearnedCeiling learned) {
        Limit limit = learned.limit();
        return limit.permits() + " in " + HumanFormat.duration(limit.window())
                + (learned.burst().isPresent()
                        ? ", bucket of " + learned.burst().getAsInt()
                        : "");
    }
}
