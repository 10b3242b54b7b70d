package dev.tactus.console.sync;

import dev.tactus.console.command.CommandOptions;
import dev.tactus.console.command.LedgerAccess;
import dev.tactus.console.config.Configuration;
import dev.tactus.console.config.SourceConfiguration;
import dev.tactus.console.output.Console;
import dev.tactus.console.output.ExitCode;
import dev.tactus.console.output.HumanFormat;
import dev.tactus.console.output.TextTable;
import dev.tactus.ingest.plan.FetchPlan;
import dev.tactus.ingest.plan.FetchPlanner;
import dev.tactus.ledger.Ledger;
import dev.tactus.limits.pacing.Pacer;
import dev.tactus.music.Dataset;
import dev.tactus.source.Source;
import dev.tactus.source.profile.SourceSettings;
import dev.tactus.sqlite.DatabaseLock;
import dev.tactus.sqlite.DatabaseLocked;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "plan",
        description = "Foretells a run: calls, duration, finish time, whether the deadline holds. Calls nothing.",
        footerHeading = "%nExamples:%n",
        footer = {"  tactus plan", "  tactus plan --from 2026-11-01 --to 2026-11-07 --json"})
public final class PlanCommand implements Callable<Integer> {
    @Mixin
    private final CommandOptions common;

    @Mixin
    private final RunOptions choice = new RunOptions();

    public PlanCommand(CommandOptions common) {
        this.common = common;
    }

    @Override
    public Integer call() {
        Console console = common.console();
        Instant now = console.clock().instant();
        choice.checkDays(now);
        Configuration configuration = common.configuration();
        SourceConfiguration configured = configuration.source(choice.source);
        SourceSettings settings = configured.settings();
        Set<Dataset> datasets = choice.datasets(settings.profile().datasets());
        configuration.catalogFile().check();
        try (Ledger ledger = LedgerAccess.making(configuration, console);
                Pacer pacer = SourceSession.pacer(settings, console);
                Source source = SourceSession.source(settings, pacer, console)) {
            takeCatalog(configuration, ledger);
            FetchPlan plan = new FetchPlanner(
                            ledger, configured.name(), source, SourceSession.limits(settings), console.clock())
                    .plan(choice.days(now, ledger, configured), datasets, RunOptions.deadline(now, configured));
            if (common.json) {
                common.printJson(true, fields(plan));
            } else {
                print(plan);
            }
            return ExitCode.DONE;
        }
    }

    /// A catalog that changes under a run would change the run, so one that is going on is left with its own.
    private void takeCatalog(Configuration configuration, Ledger ledger) {
        try (DatabaseLock _ = ledger.lock("plan")) {
            configuration.catalogFile().load(ledger.recordings()::replaceWith);
        } catch (DatabaseLocked e) {
            common.say("a run is going on; this is planned from the catalog it started with");
        }
    }

    private void print(FetchPlan plan) {
        common.print(HumanFormat.counted(plan.items(), "work item", "work items") + ", "
                + HumanFormat.counted(plan.requests(), "call", "calls"));
        TextTable table = new TextTable("PATH", "CALLS", "A MINUTE");
        plan.endpoints()
                .forEach(endpoint -> table.row(
                        endpoint.path(),
                        HumanFormat.count(endpoint.requests()),
                        endpoint.perMinute().isPresent()
                                ? HumanFormat.count(
                                        Math.round(endpoint.perMinute().getAsDouble()))
                                : "not known, will be learned"));
        table.lines().forEach(common::print);
        common.print(plan.takes()
                .map(takes -> "takes about " + HumanFormat.duration(takes)
                        + plan.finishesAt()
                                .map(at -> ", until " + at + " if started now")
                                .orElse(""))
                .orElse("how long it takes is not known: the configuration names no limits, they are learned"));
        plan.deadline()
                .ifPresent(deadline -> common.print("deadline " + deadline + ": "
                        + plan.meetsDeadline()
                                .map(holds -> holds ? "holds" : "does NOT hold")
                                .orElse("not known")));
    }

    private static Map<String, @Nullable Object> fields(FetchPlan plan) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("items", plan.items());
        fields.put("requests", plan.requests());
        fields.put("seconds", plan.takes().map(Duration::toSeconds).orElse(null));
        fields.put("finishes_at", plan.finishesAt().orElse(null));
        fields.put("deadline", plan.deadline().orElse(null));
        fields.put("meets_deadline", plan.meetsDeadline().orElse(null));
        fields.put(
                "endpoints", plan.endpoints().stream().map(PlanCommand::fields).toList());
        return fields;
    }

    private static Map<String, @Nullable Object> fields(FetchPlan.EndpointRequests endpoint) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("path", endpoint.path());
        fields.put("requests", endpoint.requests());
        fields.put(
                "per_minute",
                endpoint.perMinute().isPresent() ? endpoint.perMinute().getAsDouble() : null);
        return fields;
    }
}
