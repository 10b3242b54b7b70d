package dev.tactus.console.limits;

import dev.tactus.console.command.CommandOptions;
import dev.tactus.console.command.Stores;
import dev.tactus.console.command.TactusCommand;
import dev.tactus.console.config.Configuration;
import dev.tactus.console.output.CommandFailure;
import dev.tactus.console.output.JsonObject;
import dev.tactus.database.DatabaseLock;
import dev.tactus.ledger.Ledger;
import dev.tactus.limits.ScopeState;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "forget",
        description = {
            "Forgets the learned limit of a scope, and lifts its penalty.",
            "Calls already made still count. The next sync asks again and learns anew."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  tactus limits forget token", "  tactus limits forget /v1/search --source spotify"})
public final class LimitsForgetCommand extends TactusCommand {
    @Parameters(paramLabel = "SCOPE", description = "token, or a path prefix, as tactus limits list prints it.")
    private String scope = "";

    @Option(names = "--source", paramLabel = "SOURCE", description = "Only for this source. Default: all.")
    private @Nullable String source;

    public LimitsForgetCommand(CommandOptions options) {
        super(options);
    }

    /// A scope of a source, as it was.
    private record Forgotten(String source, ScopeState state) {}

    @Override
    public Integer call() {
        Configuration configuration = options.configuration();
        Optional<String> only = Optional.ofNullable(source);
        Collection<String> sources = only.map(
                        name -> List.of(configuration.source(name).name()))
                .orElseGet(() -> List.copyOf(configuration.sources().keySet()));
        try (Ledger ledger = Stores.ledgerToChange(configuration, options.console());
                DatabaseLock _ = ledger.lock("limits forget")) {
            List<Forgotten> forgotten = new ArrayList<>();
            TreeSet<String> known = new TreeSet<>();
            for (String name : sources) {
                for (ScopeState state : ledger.limitStates().load(name)) {
                    known.add(state.scope());
                    if (state.scope().equals(scope)) {
                        forgotten.add(new Forgotten(name, state));
                    }
                }
            }
            if (forgotten.isEmpty()) {
                throw CommandFailure.usage("nothing is known of a scope " + scope
                        + (known.isEmpty() ? ", nor of any other" : "; known are " + String.join(", ", known)));
            }
            forgotten.forEach(one -> ledger.limitStates().forget(one.source(), scope));
            Stores.copyToLake(configuration, ledger, options.console());
            return options.printResult(
                    JsonObject.of(
                            "forgotten",
                            forgotten.stream().map(LimitsForgetCommand::fields).toList()),
                    () -> forgotten.stream().map(LimitsForgetCommand::line).toList());
        }
    }

    private static JsonObject fields(Forgotten one) {
        return JsonObject.of("source", one.source())
                .put("scope", one.state().scope())
                .put("learned", one.state().learned().map(known -> known.limit().permits()))
                .put("closed_until", one.state().pausedUntil());
    }

    private static String line(Forgotten one) {
        return one.source() + " " + one.state().scope() + ": forgotten"
                + one.state()
                        .learned()
                        .map(known -> ", learned were " + known.limit().permits() + " in "
                                + known.limit().window().toSeconds() + " s")
                        .orElse("")
                + one.state()
                        .pausedUntil()
                        .map(until -> ", closed until " + until)
                        .orElse("");
    }
}
