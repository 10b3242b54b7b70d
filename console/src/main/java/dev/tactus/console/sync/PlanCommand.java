package dev.tactus.console.sync;

import dev.tactus.console.command.CatalogRefresh;
import dev.tactus.console.command.CommandOptions;
import dev.tactus.console.command.TactusCommand;
import dev.tactus.console.config.Configuration;
import dev.tactus.console.config.SourceConfiguration;
import dev.tactus.console.output.BuildVersion;
import dev.tactus.console.output.Console;
import dev.tactus.console.output.HumanFormat;
import dev.tactus.console.output.JsonObject;
import dev.tactus.console.output.TextTable;
import dev.tactus.console.output.TextTable.Column;
import dev.tactus.ingest.plan.FetchPlan;
import dev.tactus.ingest.plan.FetchPlanner;
import dev.tactus.ingest.run.Continuation;
import dev.tactus.ingest.run.SyncRequest;
import dev.tactus.ingest.run.Tolerance;
import dev.tactus.ledger.Ledger;
import dev.tactus.limits.pacing.Pacer;
import dev.tactus.music.Dataset;
import dev.tactus.source.Source;
import dev.tactus.source.profile.SourceSettings;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "plan",
        description = "Predicts a run: requests, duration, and whether the deadline is met. Makes no calls.",
        footerHeading = "%nExamples:%n",
        footer = {"  tactus plan", "  tactus plan --from 2026-11-01 --to 2026-11-07 --json"})
public final class PlanCommand extends TactusCommand {
    private static final List<Column<FetchPlan.EndpointRequests>> COLUMNS = List.of(
            new Column<>("PATH", FetchPlan.EndpointRequests::path),
            new Column<>("REQUESTS", endpoint -> HumanFormat.count(endpoint.requests())),
            new Column<>(
                    "PER MINUTE",
                    endpoint -> perMinute(endpoint)
                            .map(rate -> HumanFormat.count(Math.round(rate)))
                            .orElse("unknown, will be learned")));

    @Mixin
    private final RunOptions choice = new RunOptions();

    public PlanCommand(CommandOptions options) {
        super(options);
    }

    @Override
    public Integer call() {
        Console console = options.console();
        Instant now = console.clock().instant();
        choice.checkDays(now);
        Configuration configuration = options.configuration();
        SourceConfiguration configured = configuration.source(choice.source);
        SourceSettings settings = configured.offlineSettings();
        Set<Dataset> datasets = choice.datasets(settings.profile().datasets());
        configuration.catalogFile().check();
        // a plan changes nothing, so a ledger that is not there yet is not made for it
        try (LedgerForPlan place = LedgerForPlan.of(configuration, console);
                Pacer pacer = SourceSession.pacer(settings, console);
                Source source = SourceSession.source(settings, pacer, console)) {
            Ledger ledger = place.ledger();
            CatalogRefresh.refresh(configuration, ledger, "plan", options::say);
            FetchPlan plan = new FetchPlanner(
                            ledger, configured.name(), source, SourceSession.limits(settings), console.clock())
                    .plan(
                            choice.requests(now, ledger, configured.name(), template(now, configured, datasets)),
                            RunOptions.deadline(now, configured));
            long made = ledger.runs().requestsToday(configured.name());
            return options.printResult(fields(plan), () -> {
                List<String> lines = new ArrayList<>(lines(plan));
                configured.callsPerDay().ifPresent(most -> lines.add(budget(most, made, plan.requests())));
                return lines;
            });
        }
    }

    private static SyncRequest template(Instant now, SourceConfiguration source, Set<Dataset> datasets) {
        return new SyncRequest(
                List.of(RunOptions.yesterday(now)),
                datasets,
                new Continuation.SameDays(),
                source.settleDays(),
                source.cadence(),
                Duration.ZERO,
                source.concurrency(),
                Tolerance.defaults(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                BuildVersion.code());
    }

    private static List<String> lines(FetchPlan plan) {
        List<String> lines = new ArrayList<>();
        lines.add(HumanFormat.counted(plan.items(), "work item", "work items") + ", "
                + HumanFormat.counted(plan.requests(), "request", "requests"));
        lines.addAll(TextTable.of(plan.endpoints(), COLUMNS).lines());
        lines.add(plan.takes()
                .map(takes -> "takes about " + HumanFormat.duration(takes)
                        + plan.finishesAt()
                                .map(at -> ", until " + at.truncatedTo(ChronoUnit.SECONDS) + " if started now")
                                .orElse(""))
                .orElse("duration unknown: the configuration names no limits, so they are learned"));
        plan.deadline()
                .ifPresent(deadline -> lines.add("deadline " + deadline + ": "
                        + plan.meetsDeadline()
                                .map(meets -> meets ? "met" : "NOT met")
                                .orElse("unknown")));
        return lines;
    }

    /// How many days a budget makes of it; what is left of today's comes first.
    private static String budget(long perDay, long made, long requests) {
        long today = Math.max(0, perDay - made);
        long days = requests <= today ? 1 : 1 + Math.ceilDiv(requests - today, perDay);
        return "budget " + HumanFormat.count(perDay) + " calls a day, " + HumanFormat.count(made) + " made today: "
                + (days == 1 ? "done today" : "done within " + HumanFormat.count(days) + " days");
    }

    private static JsonObject fields(FetchPlan plan) {
        return JsonObject.of("items", plan.items())
                .put("requests", plan.requests())
                .put("seconds", plan.takes().map(Duration::toSeconds))
                .put("finishes_at", plan.finishesAt())
                .put("deadline", plan.deadline())
                .put("meets_deadline", plan.meetsDeadline())
                .put(
                        "endpoints",
                        plan.endpoints().stream()
                                .map(endpoint -> JsonObject.of("path", endpoint.path())
                                        .put("requests", endpoint.requests())
                                        .put("per_minute", perMinute(endpoint)))
                                .toList());
    }

    private static Optional<Double> perMinute(FetchPlan.EndpointRequests endpoint) {
        return endpoint.perMinute().isPresent()
                ? Optional.of(endpoint.perMinute().getAsDouble())
                : Optional.empty();
    }
}
