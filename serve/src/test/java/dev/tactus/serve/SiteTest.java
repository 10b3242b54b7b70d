package dev.tactus.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tactus.serve.TestBrowser.Answer;
import dev.tactus.serve.answers.WorkerCount;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SiteTest {
    private final FakeCommands commands = new FakeCommands()
            .on("today", "{\"command\":\"today\",\"ok\":true,\"counts\":{},\"needs\":[]}")
            .on("drift list", """
                    {"command":"drift list","ok":true,"open":2,"drifts":[
                     {"id":"b2","source":"spotify","isrc":"QZC9V0022017","field":"title",
                      "expected":"<script>alert(1)</script>","found":"=HYPERLINK(\\"http://x\\")","severity":"stop",
                      "state":"open","detected_at":"2026-11-01T04:05:06Z"},
                     {"id":"a1","source":"deezer","isrc":"GBNTT0565368","field":"artists","expected":"A","found":"B",
                      "severity":"notice","state":"open","detected_at":"2026-11-02T04:05:06Z"}]}""")
            .on("runs show R1", """
                    {"command":"runs show","ok":true,"run_id":"R1","state":"finished","planned":10,"landed":9,
                     "parked":1,"open":0,"slices":[{"dataset":"streams","day":"2026-10-01","planned":10}]}""")
            .on("dead-letters show D1", """
                    {"command":"dead-letters show","ok":true,"id":"D1","pointer":"/items/1",
                     "body":"{\\"items\\":[1,\\"<b>x</b>\\"]}"}""");

    @TempDir
    Path folder;

    private Site site;
    private TestBrowser browser;

    @BeforeEach
    void start() throws IOException {
        site = Site.start(
                new ServeSettings(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                        List.of("tactus.label"),
                        List.of(),
                        () -> "",
                        () -> List.of(new WorkerCount("one", "work", 2, 5, 1)),
                        "1",
                        List.of(),
                        List.of(),
                        List.of(),
                        folder),
                commands,
                InstantSource.system());
        browser = new TestBrowser(site.address());
    }

    @AfterEach
    void stop() {
        site.close();
    }

    @Test
    void aTitleThatIsAScriptIsHarmless() throws IOException {
        Answer page = browser.get("/drift");

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.body())
                .contains("&lt;script&gt;alert(1)&lt;/script&gt;")
                .doesNotContain("<script>alert");
        assertThat(page.header("content-security-policy"))
                .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
                .doesNotContain("unsafe");
        assertThat(page.header("x-content-type-options")).isEqualTo("nosniff");
        assertThat(page.body()).doesNotContain(" style=", " onclick=", "javascript:");
    }

    @Test
    void aListIsFilteredSortedAndPaged() throws IOException {
        assertThat(browser.get("/drift?q=HYPER").body()).contains("b2").doesNotContain(">a1<");
        assertThat(browser.get("/drift?source=deezer").body()).contains(">a1<").doesNotContain(">b2<");
        assertThat(browser.get("/drift?sort=id").body()).containsSubsequence(">a1<", ">b2<");
        assertThat(browser.get("/drift?sort=-id").body()).containsSubsequence(">b2<", ">a1<");
        Answer second = browser.get("/drift?sort=id&size=1&page=2");
        assertThat(second.body()).contains(">b2<", "2 / 2").doesNotContain(">a1<");
    }

    @Test
    void theSameListIsThereForProgramsAndForSpreadsheets() throws IOException {
        Answer json = browser.get("/api/v1/drift?sort=id&size=1");
        assertThat(json.header("content-type")).isEqualTo("application/json");
        assertThat(json.body())
                .startsWith("{\"command\":\"drift list\",\"ok\":true,\"open\":2,\"total\":2,\"page\":1,\"size\":1,"
                        + "\"drifts\":[{\"id\":\"a1\"")
                .doesNotContain("b2");

        Answer csv = browser.get("/drift?format=csv");
        assertThat(csv.header("content-disposition")).contains("drift.csv");
        assertThat(csv.body())
                .startsWith("\uFEFFid,source,isrc,field,expected,found,severity,state,detected_at\r\n")
                .contains(",\"'=HYPERLINK(\"\"http://x\"\")\",");
    }

    @Test
    void aBadQueryGetsOneMessage() throws IOException {
        Answer page = browser.get("/drift?sort=nothing");
        assertThat(page.status()).isEqualTo(400);
        assertThat(page.body()).contains("sort: there is no column nothing, only id, source");
        assertThat(browser.get("/api/v1/drift?page=0").body())
                .isEqualTo("{\"ok\":false,\"error\":\"page: expected a whole number from 1\"}");
        assertThat(browser.get("/nowhere").status()).isEqualTo(404);
        assertThat(browser.send("POST", "/drift", Map.of(), new byte[0]).status())
                .isEqualTo(405);
        assertThat(browser.get("/runs/--version").status()).isEqualTo(404);
        assertThat(commands.asked).noneMatch(words -> words.contains("--version"));
    }

    @Test
    void whatACommandRefusesIsSaidInItsWords() throws IOException {
        commands.on("reports unmatched", 2, "{\"ok\":false,\"error\":\"there is no lake ./lake yet\"}");

        assertThat(browser.get("/unmatched").body()).contains("there is no lake ./lake yet");
        assertThat(browser.get("/api/v1/unmatched").status()).isEqualTo(409);
    }

    @Test
    void aNameOfAnotherSiteThatLeadsHereIsRefused() throws IOException {
        assertThat(new TestBrowser(site.address())
                        .with("Host", "evil.example")
                        .get("/today")
                        .status())
                .isEqualTo(421);
        assertThat(new TestBrowser(site.address())
                        .with("Host", "tactus.label")
                        .get("/today")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aRunShowsItsEquationAndADeadLetterWhereItBroke() throws IOException {
        assertThat(browser.get("/runs/R1").body())
                .contains("10 items planned", "aria-label=\"landed 9, parked 1, \"", "2026-10-01");
        assertThat(browser.get("/dead-letters/D1").body()).contains("<mark>&quot;&lt;b&gt;x&lt;/b&gt;&quot;</mark>");
        assertThat(browser.get("/runs/R2").status()).isEqualTo(404);
    }

    @Test
    void answersOfHealthAndFigures() throws IOException {
        commands.on(
                "runs list",
                "{\"command\":\"runs list\",\"ok\":true,\"runs\":[{\"source\":\"spotify\",\"state\":\"failed\"}]}");

        assertThat(browser.get("/livez").body()).isEqualTo("ok\n");
        assertThat(browser.get("/readyz").status()).isEqualTo(200);
        assertThat(browser.get("/metrics").body())
                .contains(
                        "tactus_runs{source=\"spotify\",state=\"failed\"} 1.0",
                        "tactus_workers{command=\"work\",host=\"one\"} 2.0",
                        "tactus_worker_pages{command=\"work\",host=\"one\"} 5.0",
                        "tactus_worker_quotas{command=\"work\",host=\"one\"} 1.0",
                        "tactus_serve_requests_total{area=\"livez\",status=\"200\"} 1.0");
        assertThat(browser.send("HEAD", "/today", Map.of(), new byte[0]).body()).isEmpty();
        assertThat(browser.get("/assets/page.css").header("content-type")).startsWith("text/css");
        assertThat(browser.get("/assets/texts-en.properties").status()).isEqualTo(404);
        assertThat(browser.get("/").header("location")).isEqualTo("/today");
    }
}
