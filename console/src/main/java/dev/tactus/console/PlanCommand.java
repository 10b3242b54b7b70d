package dev.tactus.console;

import dev.tactus.ingest.Plan;
import dev.tactus.ingest.Planner;
import dev.tactus.ledger.Ledger;
import dev.tactus.ledger.LedgerHeld;
import dev.tactus.ledger.LedgerLock;
import dev.tactus.limits.Pacer;
import dev.tactus.music.Dataset;
import dev.tactus.source.Source;
import dev.tactus.source.SourceSettings;
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
final class PlanCommand implements Callable<Integer> {
    @Mixin
    private final Common common;

    @Mixin
    private final RunChoice choice = new RunChoice();

    PlanCommand(Common common) {
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
        try (Ledger ledger = Ledgers.making(configuration, console);
                Pacer pacer = Workplace.pacer(settings, console);
                Source source = Workplace.source(settings, pacer, console)) {
            takeCatalog(configuration, ledger);
            Plan plan = new Planner(ledger, configured.name(), source, Workplace.limits(settings), console.clock())
                    .plan(choice.days(now, ledger, configured), datasets, RunChoice.deadline(now, configured));
            if (common.json) {
                common.printJson(true, fields(plan));
            } else {
                print(plan);
            }
            return Exit.DONE;
        }
    }

    /// A catalog that changes under a run would change the run, so one that is going on is left with its own.
    private void takeCatalog(Configuration configuration, Ledger ledger) {
        try (LedgerLock _ = ledger.lock("plan")) {
            configuration.catalogFile().load(ledger.recordings()::replaceWith);
        } catch (LedgerHeld e) {
            common.say("a run is going on; this is planned from the catalog it started with");
        }
    }

    private void print(Plan plan) {
        common.print(Words.counted(plan.items(), "work item", "work items") + ", "
                + Words.counted(plan.requests(), "call", "calls"));
        Table table = new Table("PATH", "CALLS", "A MINUTE");
        plan.endpoints()
                .forEach(endpoint -> table.row(
                        endpoint.path(),
                        Words.count(endpoint.requests()),
                        endpoint.perMinute().isPresent()
                                ? Words.count(Math.round(endpoint.perMinute().getAsDouble()))
                                : "not known, will be learned"));
        table.lines().forEach(common::print);
        common.print(plan.takes()
                .map(takes -> "takes about " + Words.duration(takes)
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

    private static Map<String, @Nullable Object> fields(Plan plan) {
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

    private static Map<String, @Nullable Object> fields(Plan.Endpoint endpoint) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("path", endpoint.path());
        fields.put("requests", endpoint.requests());
        fields.put(
                "per_minute",
                endpoint.perMinute().isPresent() ? endpoint.perMinute().getAsDouble() : null);
        return fields;
    }
}
