package dev.tactus.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// The alert rules in docs/monitoring fire when they should, as promtool sees it.
class MonitoringFilesTest {
    private static final Path PROMTOOL = InstalledProgram.find("promtool");

    @Test
    void rulesFireWhenTheyShould() throws Exception {
        assumeTrue(Files.isExecutable(PROMTOOL), "promtool is not installed: " + PROMTOOL);
        Process check = new ProcessBuilder(PROMTOOL.toString(), "test", "rules", "tactus-alerts-test.yml")
                .directory(Path.of("../docs/monitoring").toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(check.waitFor()).as(said).isZero();
    }
}
