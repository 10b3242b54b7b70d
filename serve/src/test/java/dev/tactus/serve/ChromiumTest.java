package dev.tactus.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A page as a real browser has it; skipped where there is no Chromium.
@Tag("slow")
class ChromiumTest {
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final String TITLE = "<img src=x onerror=document.title=1><script>document.title=2</script>";

    @TempDir
    Path folder;

    @Test
    void aTitleThatIsAScriptDoesNothing() throws Exception {
        assumeTrue(Files.isExecutable(CHROMIUM), "there is no " + CHROMIUM + " to look with");
        FakeCommands commands = new FakeCommands()
                .on(
                        "drift list",
                        "{\"ok\":true,\"open\":1,\"drifts\":[{\"id\":\"a1\",\"expected\":\"" + TITLE + "\"}]}");
        try (Site site = Site.start(
                new ServeSettings(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                        List.of(),
                        List.of(),
                        "1",
                        List.of(),
                        List.of(),
                        List.of(),
                        folder.resolve("site")),
                commands,
                InstantSource.system())) {
            String page = look("http://127.0.0.1:" + site.address().getPort() + "/drift");

            assertThat(page)
                    .contains("<title>Drift · Tactus</title>", "&lt;script&gt;document.title=2&lt;/script&gt;")
                    .doesNotContain("<img src=\"x\"");
        }
    }

    private String look(String address) throws IOException, InterruptedException {
        Path out = folder.resolve("page.html");
        Process process = new ProcessBuilder(
                        CHROMIUM.toString(),
                        "--headless=new",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--user-data-dir=" + folder.resolve("profile"),
                        "--dump-dom",
                        address)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .redirectOutput(out.toFile())
                .start();
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        return Files.readString(out);
    }
}
