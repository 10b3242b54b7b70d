package dev.tactus.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tactus.gateway.FakeUpstream.Wire;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Requests that two readers in a row could read differently, as raw bytes: each is refused and its connection closed,
/// and nothing that came after it is taken for a request.
@SuppressWarnings("StringConcatToTextBlock") // every CR and LF is meant
class SmugglingTest {
    private static final String SMUGGLED = "GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n";

    @TempDir
    Path folder;

    @AfterAll
    static void leaksNothing() {
        assertThat(LeakRecorder.found()).isEmpty();
    }

    /// `~` stands for CR LF.
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            length and coding                 | POST / HTTP/1.1~Host: a~Content-Length: 4~Transfer-Encoding: chunked~~0~~
            coding and length                 | POST / HTTP/1.1~Host: a~Transfer-Encoding: chunked~Content-Length: 4~~0~~
            two lengths                       | POST / HTTP/1.1~Host: a~Content-Length: 4~Content-Length: 5~~abcd
            the same length twice             | POST / HTTP/1.1~Host: a~Content-Length: 4~Content-Length: 4~~abcd
            a list of lengths                 | POST / HTTP/1.1~Host: a~Content-Length: 4, 4~~abcd
            a signed length                   | POST / HTTP/1.1~Host: a~Content-Length: +4~~abcd
            a negative length                 | POST / HTTP/1.1~Host: a~Content-Length: -1~~abcd
            a hexadecimal length              | POST / HTTP/1.1~Host: a~Content-Length: 0x4~~abcd
            no length in the field            | POST / HTTP/1.1~Host: a~Content-Length:~~abcd
            a huge length                     | POST / HTTP/1.1~Host: a~Content-Length: 99999999999999999999~~abcd
            an unknown coding                 | POST / HTTP/1.1~Host: a~Transfer-Encoding: xchunked~~0~~
            two codings                       | POST / HTTP/1.1~Host: a~Transfer-Encoding: gzip, chunked~~0~~
            coding twice                      | POST / HTTP/1.1~Host: a~Transfer-Encoding: chunked~Transfer-Encoding: chunked~~0~~
            coding and identity               | POST / HTTP/1.1~Host: a~Transfer-Encoding: chunked~Transfer-Encoding: identity~~0~~
            a coding in HTTP/1.0              | POST / HTTP/1.0~Host: a~Transfer-Encoding: chunked~~0~~
            space before the colon            | POST / HTTP/1.1~Host: a~Content-Length : 4~~abcd
            tab before the colon              | POST / HTTP/1.1~Host: a~Transfer-Encoding\t: chunked~~0~~
            a folded line                     | POST / HTTP/1.1~Host: a~X: b~ Content-Length: 4~~abcd
            a folded line with a tab          | POST / HTTP/1.1~Host: a~Transfer-Encoding:~\tchunked~~0~~
            a first line that is folded       | POST / HTTP/1.1~ Host: a~~
            a line without a colon            | GET / HTTP/1.1~Host: a~Nonsense~~
            an empty field name               | GET / HTTP/1.1~Host: a~: x~~
            a field name with a space         | GET / HTTP/1.1~Host: a~X Y: x~~
            no host                           | GET / HTTP/1.1~~
            two hosts                         | GET / HTTP/1.1~Host: a~Host: b~~
            a host with a space               | GET / HTTP/1.1~Host: a b~~
            a host with a quote               | GET / HTTP/1.1~Host: a";for=evil~~
            a host that is a list             | GET / HTTP/1.1~Host: a,b~~
            an address with a user            | GET http://x@evil/ HTTP/1.1~Host: a~~
            two spaces in the request line    | GET  / HTTP/1.1~Host: a~~
            a tab in the request line         | GET /\tx HTTP/1.1~Host: a~~
            three words after the method      | GET / x HTTP/1.1~Host: a~~
            a version in small letters        | GET / http/1.1~Host: a~~
            a version with another name       | GET / HTTQ/1.1~Host: a~~
            no version                        | GET /~Host: a~~
            a target that is no path          | GET v1 HTTP/1.1~Host: a~~
            a fragment                        | GET /#x HTTP/1.1~Host: a~~
            white space before the method     | ` GET / HTTP/1.1~Host: a~~`
            an old kind of websocket          | GET / HTTP/1.1~Host: a~Sec-WebSocket-Key1: 1~Sec-WebSocket-Key2: 2~~12345678
            """)
    void refuses(String what, String request) throws Exception {
        String bytes = request.replace("~", "\r\n").replace("\\t", "\t");
        assertRefused(bytes);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1\nHost: a\n\n",
                "GET / HTTP/1.1\r\nHost: a\nX: b\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\nX: b\r\n\n",
                "GET / HTTP/1.1\r\nHost: a\rX: b\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\nX: b\rContent-Length: 4\r\n\r\n",
                "GET /\rHTTP/1.1 HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\nX: b\0c\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\nX: \u000b1\r\n\r\n",
                "\0GET / HTTP/1.1\r\nHost: a\r\n\r\n",
                "\nGET / HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET /\u007f HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET /\u00e9 HTTP/1.1\r\nHost: a\r\n\r\n",
            })
    void refusesBytesThatNoLineHolds(String request) throws Exception {
        assertRefused(request);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0x5\r\nhello\r\n0\r\n\r\n",
                "+5\r\nhello\r\n0\r\n\r\n",
                "-5\r\nhello\r\n0\r\n\r\n",
                " 5\r\nhello\r\n0\r\n\r\n",
                "5 \r\nhello\r\n0\r\n\r\n",
                "5 5\r\nhello\r\n0\r\n\r\n",
                "5\u000b\r\nhello\r\n0\r\n\r\n",
                "5\nhello\r\n0\r\n\r\n",
                "5;a\rb\r\nhello\r\n0\r\n\r\n",
                "5;a\nb\r\nhello\r\n0\r\n\r\n",
                "\r\nhello\r\n0\r\n\r\n",
                "g\r\nhello\r\n0\r\n\r\n",
                "5\r\nhelloXX0\r\n\r\n",
                "5\r\nhello\n0\r\n\r\n",
                "4\r\nhello\r\n0\r\n\r\n",
                "fffffffffffffffff\r\nhello\r\n0\r\n\r\n",
                "7fffffffffffffff\r\nhello\r\n0\r\n\r\n",
                "80000000\r\nhello\r\n0\r\n\r\n",
                "0\r\nX: a\r\n b\r\n\r\n",
                "0\r\nX: a\n\r\n",
                "0\r\nNonsense\r\n\r\n",
            })
    void refusesChunksThatAreNotPlain(String body) throws Exception {
        try (TestGateway rig = rig();
                HttpTestClient client = rig.client()) {
            client.send("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n" + body + SMUGGLED);
            assertThat(client.read().status()).isEqualTo(400);
            assertThat(client.isEnded()).isTrue();
            assertThat(rig.upstream.seen()).noneMatch(seen -> seen.start().contains("smuggled"));
        }
    }

    /// The refusals above would say nothing of a gateway that refuses whatever is chunked, or comes in pieces.
    @Test
    void takesPlainChunksHoweverTheyAreCut() throws Exception {
        String request = "\r\nPOST / HTTP/1.1\r\nHost: a\r\nX-Note: a\tb \u00e9\r\nTransfer-Encoding: chunked\r\n\r\n"
                + "5;name=\"v\"\r\nhello\r\n00A\r\n0123456789\r\n0\r\nX: a\r\n\r\n";
        try (TestGateway rig = rig();
                HttpTestClient client = rig.client()) {
            for (int pieces = 1; pieces < 12; pieces++) {
                for (int at = 0; at < request.length(); at += pieces) {
                    client.send(request.substring(at, Math.min(request.length(), at + pieces)));
                }
                assertThat(client.read().body()).isEqualTo("hello0123456789[trailer X: a]");
            }
        }
    }

    @Test
    void whatFollowsTheBodyIsAnotherRequestAndNothingElse() throws Exception {
        try (TestGateway rig = rig();
                HttpTestClient client = rig.client()) {
            client.send(
                    "POST /1 HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nGET /GET /2 HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(client.read().body()).isEqualTo("GET /");
            assertThat(client.read().status()).isEqualTo(200);
            assertThat(rig.upstream.seen())
                    .extracting(Wire.Message::start)
                    .containsExactly("POST /1 HTTP/1.1", "GET /2 HTTP/1.1");
        }
    }

    /// A GET may have a body, and the upstream must see it as one.
    @Test
    void theBodyOfAGetStaysABody() throws Exception {
        try (TestGateway rig = rig();
                HttpTestClient client = rig.client()) {
            client.send("GET / HTTP/1.1\r\nHost: a\r\nContent-Length: " + SMUGGLED.length() + "\r\n\r\n" + SMUGGLED);
            assertThat(client.read().body()).isEqualTo(SMUGGLED);
            assertThat(rig.upstream.seen()).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 5\r\n\r\nhi",
                "HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\nhi",
                "HTTP/1.1 200 OK\r\nX: a\0b\r\nContent-Length: 0\r\n\r\n",
                "nonsense\r\n\r\n",
                "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\nraw",
            })
    void anAnswerThatIsNoneBecomesABadGateway(String answer) throws Exception {
        try (TestGateway rig = TestGateway.start(new FakeUpstream(wire -> wire.send(answer)), folder, "limits: []");
                HttpTestClient client = rig.client()) {
            assertThat(client.get("/").status()).isEqualTo(502);
            rig.upstream.becomes(wire -> wire.answer(200, "ok"));
            assertThat(client.get("/").body()).isEqualTo("ok");
        }
    }

    /// Bytes that come after an answer's end must not become the next caller's answer.
    @Test
    void bytesBeyondAnAnswerReachNobody() throws Exception {
        String stray = "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nstolen";
        try (TestGateway rig = TestGateway.start(
                        new FakeUpstream(wire -> {
                            Wire.readBody(wire.in(), wire.request());
                            wire.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok" + stray);
                        }),
                        folder,
                        "limits: []\n");
                HttpTestClient client = rig.client();
                HttpTestClient other = rig.client()) {
            for (int i = 0; i < 20; i++) {
                assertThat(client.get("/").body()).isEqualTo("ok");
                assertThat(other.get("/").body()).isEqualTo("ok");
            }
        }
    }

    @Test
    void refusesHeadsThatAreTooLarge() throws Exception {
        try (TestGateway rig = rig()) {
            String large = "x".repeat(40_000);
            for (List<String> each : List.of(
                    List.of("GET /" + large + " HTTP/1.1\r\nHost: a\r\n\r\n", "414"),
                    List.of("GET / HTTP/1.1\r\nHost: a\r\nX: " + large + "\r\n\r\n", "431"),
                    List.of("GET / HTTP/1.1\r\nHost: a\r\n" + "X: y\r\n".repeat(10_000) + "\r\n", "431"))) {
                try (HttpTestClient client = rig.client()) {
                    client.send(each.get(0));
                    assertThat(client.read().status()).isEqualTo(Integer.parseInt(each.get(1)));
                    assertThat(client.isEnded()).isTrue();
                }
            }
            assertThat(rig.upstream.seen()).isEmpty();
        }
    }

    @Test
    void refusesBodiesThatAreTooLarge() throws Exception {
        try (TestGateway rig =
                TestGateway.start(FakeUpstream.saying("ok"), folder, "sizes: {body: 1KB}\nlimits: []\n")) {
            try (HttpTestClient client = rig.client()) {
                client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1025\r\n\r\n");
                assertThat(client.read().status()).isEqualTo(413);
                assertThat(client.isEnded()).isTrue();
            }
            try (HttpTestClient client = rig.client()) {
                client.send("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n200\r\n" + "x".repeat(512)
                        + "\r\n201\r\n" + "x".repeat(513) + "\r\n");
                assertThat(client.read().status()).isEqualTo(413);
                assertThat(client.isEnded()).isTrue();
            }
            try (HttpTestClient client = rig.client()) {
                client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1024\r\n\r\n" + "x".repeat(1024));
                assertThat(client.read().status()).isEqualTo(200);
            }
        }
    }

    private void assertRefused(String request) throws Exception {
        try (TestGateway rig = rig();
                HttpTestClient client = rig.client()) {
            client.send(request + SMUGGLED);
            assertThat(client.read().status()).isIn(400, 501, 505);
            assertThat(client.isEnded()).isTrue();
            assertThat(rig.upstream.seen()).isEmpty();
        }
    }

    private TestGateway rig() throws Exception {
        return TestGateway.start(
                new FakeUpstream(wire -> {
                    String body = Wire.readBody(
                            wire.in(),
                            wire.request().has("Content-Length")
                                            || wire.request().has("Transfer-Encoding")
                                    ? wire.request()
                                    : new Wire.Message("", List.of()));
                    wire.send("HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
                }),
                folder,
                "limits: []\n");
    }
}
