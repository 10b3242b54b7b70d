package dev.tactus.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Holds that an auditor needs no secret of the API: commands that call nobody work where its variables are not set.
class WithoutSecretsTest {
    @TempDir
    Path folder;

    @BeforeEach
    void configureWithVariables() throws IOException {
        ConfiguredFolder configured =
                ConfiguredFolder.in(folder, URI.create("http://127.0.0.1:9"), ConfiguredFolder.CATALOG);
        Files.writeString(
                configured.config(),
                Files.readString(configured.config())
                                .replace("client_secret: test", "client_secret: ${TACTUS_TEST_SECRET}")
                        + "alerts: [{webhook: \"${TACTUS_TEST_WEBHOOK}\"}]\n");
        Path report = Files.writeString(
                folder.resolve("report.tsv"),
                "Spotify report\n"
                        + "month\t2026-10\n"
                        + "Country\tLabel\tProduct\tURI\tUPC\tEAN\tISRC\tTrack name\tArtist name\tComposer name\tAlbum"
                        + " name\tQuantity\tUSD Payable\n"
                        + "DE\tL\tPremium\t\t\t\tGBNTT0565368\tOne\tA\t\t\t12\t0.04\n");
        assertThat(run("reports import " + report).exit()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plan --day 2026-11-21",
                "runs list",
                "drift list",
                "dead-letters list",
                "dead-letters replay",
                "reports list",
                "reports unmatched",
                "reconcile --period 2026-10 --source simulated",
                "close --period 2026-10 --source simulated --by Ada",
                "audit",
                "query --format csv SELECT(1)",
                "lake show",
                "lake maintain"
            })
    void commandsThatCallNobodyNeedNone(String words) {
        CommandResult result = run(words);

        assertThat(result.exit()).as(result.err()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sync --day 2026-03-14", "check"})
    void commandsThatCallSayWhichVariableIsMissing(String words) {
        CommandResult result = run(words);

        assertThat(result.exit()).isEqualTo(2);
        assertThat(result.out() + result.err())
                .contains("sources.simulated.client_secret: the variable TACTUS_TEST_SECRET is not set");
    }

    @Test
    void syncAsksForTheVariablesOfItsAlertsToo() {
        List<String> args = new ArrayList<>(List.of("sync", "--day", "2026-03-14"));
        Collections.addAll(args, "--config", folder.resolve("tactus.yaml").toString());

        CommandResult result = CommandResult.of(Map.of("TACTUS_TEST_SECRET", "x"), args.toArray(String[]::new));

        assertThat(result.exit()).isEqualTo(2);
        assertThat(result.err()).contains("the variable TACTUS_TEST_WEBHOOK is not set");
    }

    private CommandResult run(String words) {
        List<String> args = new ArrayList<>(List.of(words.split(" ")));
        Collections.addAll(args, "--config", folder.resolve("tactus.yaml").toString());
        return CommandResult.of(args.toArray(String[]::new));
    }
}
