package dev.tactus.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tactus.digest.Sha256;
import dev.tactus.serve.TestBrowser.Answer;
import dev.tactus.serve.signin.Person;
import dev.tactus.serve.signin.Role;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Who may do what, and what another site can't do in their name.
class SignInTest {
    private static final Pattern CSRF = Pattern.compile("name=\"csrf\" value=\"([^\"]+)\"");

    private final FakeCommands commands = new FakeCommands()
            .on("today", "{\"ok\":true,\"counts\":{},\"needs\":[]}")
            .on("drift list", "{\"ok\":true,\"open\":1,\"drifts\":[{\"id\":\"a1\"}]}")
            .on("drift accept", "{\"command\":\"drift accept\",\"ok\":true,\"accepted\":[]}")
            .on("close", "{\"command\":\"close\",\"ok\":true,\"closed\":true}")
            .on("reports match", "{\"command\":\"reports match\",\"ok\":true,\"matched\":1}")
            .on("reports import --check", 2, """
                    {"command":"reports import","ok":false,"refused":1,"files":[{"file":"x.csv","status":"refused",
                     "reason":"rows fall from 100 to 3"}]}""")
            .on("reports import", "{\"command\":\"reports import\",\"ok\":true,\"imported\":1}");

    @TempDir
    Path folder;

    @Test
    void theFirstLinkSetsUpAPersonOnce() throws IOException {
        try (Site site = site()) {
            TestBrowser browser = new TestBrowser(site.address());
            String link = site.firstLink().orElseThrow();
            assertThat(browser.get("/first?key=guessed").status()).isEqualTo(404);
            assertThat(browser.get(link).body()).contains("name=\"name\"");

            Answer answer = browser.post("/first", "key=" + link.substring(link.indexOf('=') + 1) + "&name=Ada");
            assertThat(answer.status()).isEqualTo(303);
            assertThat(answer.header("set-cookie")).contains("HttpOnly", "SameSite=Strict");
            assertThat(browser.get("/today").body()).contains("Ada");

            Path token = folder.resolve("serve-token");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(token)))
                    .isEqualTo("rw-------");
            assertThat(site.firstLink()).isEmpty();
            assertThat(new TestBrowser(site.address()).get(link).status()).isEqualTo(404);

            TestBrowser other = new TestBrowser(site.address());
            assertThat(other.post("/sign-in", "token=" + Files.readString(token).strip())
                            .status())
                    .isEqualTo(303);
            assertThat(other.get("/today").body()).contains("Ada");
        }
    }

    @Test
    void whoIsNotSignedInSeesAndDoesNothingWherePeopleAreNamed() throws IOException {
        try (Site site = site(person("Ada", "ada-token", Role.LOOK))) {
            TestBrowser browser = new TestBrowser(site.address());

            assertThat(browser.get("/drift").header("location")).isEqualTo("/sign-in");
            assertThat(browser.get("/api/v1/drift").status()).isEqualTo(401);
            assertThat(browser.post("/do/accept-drift", "id=a1").status()).isEqualTo(401);
            assertThat(commands.asked).noneMatch(words -> words.contains("accept"));

            assertThat(new TestBrowser(site.address())
                            .with("Authorization", "Bearer ada-token")
                            .get("/api/v1/drift")
                            .status())
                    .isEqualTo(200);
            assertThat(new TestBrowser(site.address())
                            .with("Authorization", "Bearer other")
                            .get("/api/v1/drift")
                            .status())
                    .isEqualTo(401);
        }
    }

    @Test
    void aRoleIsEnforcedAndTheNameGoesOnTheRecord() throws IOException {
        try (Site site = site(
                person("Ada", "a", Role.LOOK), person("Grace", "g", Role.DECIDE), person("Joan", "j", Role.CLOSE))) {
            assertThat(signedIn(site, "a").post("/do/accept-drift", "id=a1").status())
                    .isEqualTo(403);
            TestBrowser grace = signedIn(site, "g");
            String csrf = csrf(grace.get("/do/accept-drift?id=a1"));
            assertThat(grace.post("/do/accept-drift", "id=a1&csrf=" + csrf).status())
                    .isEqualTo(200);
            assertThat(grace.post("/do/close", "period=2026-10&csrf=" + csrf).status())
                    .isEqualTo(403);
            TestBrowser joan = signedIn(site, "j");
            String hers = csrf(joan.get("/do/close"));
            assertThat(joan.post("/do/close", "period=2026-10&accept=Brazil+is+late&csrf=" + hers)
                            .status())
                    .isEqualTo(200);
        }
        assertThat(commands.asked)
                .contains("Grace: drift accept a1", "Joan: close --period=2026-10 --accept=Brazil is late --by=Joan");
    }

    @Test
    void aFormOfAnotherSiteIsRefused() throws IOException {
        try (Site site = site(person("Grace", "g", Role.DECIDE))) {
            TestBrowser grace = signedIn(site, "g");
            String csrf = csrf(grace.get("/do/accept-drift?id=a1"));
            Map<String, String> form = Map.of("Content-Type", "application/x-www-form-urlencoded");
            byte[] body = ("id=a1&csrf=" + csrf).getBytes(StandardCharsets.UTF_8);

            assertThat(grace.post("/do/accept-drift", "id=a1").status()).isEqualTo(403);
            assertThat(grace.post("/do/accept-drift", "id=a1&csrf=guessed").status())
                    .isEqualTo(403);
            assertThat(send(grace, form, "Origin", "https://evil.example", body))
                    .isEqualTo(403);
            assertThat(send(grace, form, "Sec-Fetch-Site", "cross-site", body)).isEqualTo(403);
            assertThat(commands.asked).noneMatch(words -> words.contains("accept"));
            assertThat(send(grace, form, "Sec-Fetch-Site", "same-origin", body)).isEqualTo(200);
        }
    }

    private static int send(TestBrowser browser, Map<String, String> form, String name, String value, byte[] body)
            throws IOException {
        return browser.send(
                        "POST",
                        "/do/accept-drift",
                        Map.of("Content-Type", form.getOrDefault("Content-Type", ""), name, value),
                        body)
                .status();
    }

    @Test
    void guessingTokensIsSlow() throws IOException {
        try (Site site = site(person("Grace", "g", Role.DECIDE))) {
            TestBrowser browser = new TestBrowser(site.address());
            for (int i = 0; i < 10; i++) {
                assertThat(browser.post("/sign-in", "token=wrong").status()).isEqualTo(403);
            }
            assertThat(browser.post("/sign-in", "token=g").status()).isEqualTo(429);
        }
    }

    @Test
    void aFieldIsNeverAnOption() throws IOException {
        try (Site site = site(person("Grace", "g", Role.CLOSE))) {
            TestBrowser grace = signedIn(site, "g");
            String csrf = csrf(grace.get("/do/accept-drift"));

            assertThat(grace.post("/do/accept-drift", "id=--config%3Dother.yaml&csrf=" + csrf)
                            .status())
                    .isEqualTo(400);
            assertThat(grace.post("/do/accept-drift", "id=%40%2Fetc%2Fpasswd&csrf=" + csrf)
                            .status())
                    .isEqualTo(400);
            assertThat(grace.post("/do/accept-drift", "id=&csrf=" + csrf).body())
                    .contains("id is missing");
        }
        assertThat(commands.asked).noneMatch(words -> words.contains("drift accept"));
    }

    @Test
    void aStatementIsLookedAtBeforeAnythingLands() throws IOException {
        try (Site site = site(person("Grace", "g", Role.DECIDE))) {
            TestBrowser grace = signedIn(site, "g");
            String csrf = csrf(grace.get("/do/import"));
            String body = "--B\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n" + csrf
                    + "\r\n--B\r\nContent-Disposition: form-data; name=\"files\"; filename=\"../x.csv\"\r\n\r\n"
                    + "a,b\r\n--\r\n\r\n--B--\r\n";

            Answer verdict = grace.send(
                    "POST",
                    "/do/import",
                    Map.of("Content-Type", "multipart/form-data; boundary=B"),
                    body.getBytes(StandardCharsets.UTF_8));
            assertThat(verdict.body()).contains("rows fall from 100 to 3", "Nothing has landed yet", "name=\"accept\"");
            Matcher waiting =
                    Pattern.compile("name=\"waiting\" value=\"([^\"]+)\"").matcher(verdict.body());
            assertThat(waiting.find()).isTrue();
            Path file =
                    folder.resolve("serve-waiting").resolve(waiting.group(1)).resolve("x.csv");
            assertThat(Files.readString(file)).isEqualTo("a,b\r\n--\r\n");

            Answer done =
                    grace.post("/do/import-decided", "waiting=" + waiting.group(1) + "&accept=agreed&csrf=" + csrf);
            assertThat(done.status()).isEqualTo(200);
            assertThat(file).doesNotExist();
            assertThat(commands.asked)
                    .anyMatch(words -> words.startsWith("Grace: reports import --check "))
                    .anyMatch(words -> words.endsWith("--by=Grace --accept=agreed"));
            assertThat(grace.post("/do/import-decided", "waiting=..&csrf=" + csrf)
                            .status())
                    .isEqualTo(404);
        }
    }

    private static Answer drop(TestBrowser browser, String... names) throws IOException {
        StringBuilder body = new StringBuilder(
                "--B\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n" + csrf(browser.get("/do/import")));
        for (String name : names) {
            body.append("\r\n--B\r\nContent-Disposition: form-data; name=\"files\"; filename=\"" + name
                    + "\"\r\n\r\na,b\r\n");
        }
        return browser.send(
                "POST",
                "/do/import",
                Map.of("Content-Type", "multipart/form-data; boundary=B"),
                body.append("\r\n--B--\r\n").toString().getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void whatNobodyCouldLookAtPassesNoGate() throws IOException {
        commands.on("reports import --check", 1, "{\"ok\":false,\"error\":\"the ledger is held by sync\"}");
        try (Site site = site(person("Grace", "g", Role.DECIDE))) {
            Answer answer = drop(signedIn(site, "g"), "x.csv");

            assertThat(answer.status()).isEqualTo(409);
            assertThat(answer.body())
                    .contains("could not be looked at", "the ledger is held by sync", "send them again")
                    .doesNotContain("lets it pass", "name=\"waiting\"");
            assertThat(folder.resolve("serve-waiting")).isEmptyDirectory();
        }
    }

    @Test
    void twoFilesOfOneNameAreRefusedBeforeOneTakesTheOthersPlace() throws IOException {
        try (Site site = site(person("Grace", "g", Role.DECIDE))) {
            Answer answer = drop(signedIn(site, "g"), "x.csv", "X.csv");

            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.body()).contains("two files are called X.csv");
            assertThat(folder.resolve("serve-waiting")).doesNotExist();
        }
    }

    @Test
    void anUnmatchedTitleIsDecidedInPlace() throws IOException {
        try (Site site = site(person("Grace", "g", Role.DECIDE))) {
            TestBrowser grace = signedIn(site, "g");
            String csrf = csrf(grace.get("/do/accept-drift"));

            assertThat(grace.post("/do/match", "usage_key=k%22%2C1&match_isrc=QZ-C9V-00-22017&csrf=" + csrf)
                            .status())
                    .isEqualTo(200);
            assertThat(grace.post("/do/match", "usage_key=k&match_isrc=&csrf=" + csrf)
                            .status())
                    .isEqualTo(400);
        }
    }

    private TestBrowser signedIn(Site site, String token) throws IOException {
        TestBrowser browser = new TestBrowser(site.address());
        assertThat(browser.post("/sign-in", "token=" + token).status()).isEqualTo(303);
        return browser;
    }

    private static String csrf(Answer page) {
        Matcher field = CSRF.matcher(page.body());
        assertThat(field.find()).as(page.body()).isTrue();
        return field.group(1);
    }

    private static Person person(String name, String token, Role role) {
        return new Person(name, Sha256.of(token).hex(), role);
    }

    private Site site(Person... people) throws IOException {
        return Site.start(
                new ServeSettings(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                        List.of(),
                        List.of(),
                        "1",
                        List.of(people),
                        List.of(),
                        List.of(),
                        folder),
                commands,
                InstantSource.system());
    }
}
