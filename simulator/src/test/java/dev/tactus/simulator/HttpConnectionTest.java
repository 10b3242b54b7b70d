package dev.tactus.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tactus.simulator.behaviour.Behaviour;
import dev.tactus.simulator.fault.FaultSchedule;
import dev.tactus.simulator.fault.RequestFault;
import dev.tactus.simulator.fault.RequestFaultRule;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What a client sees of a connection that an HTTP client would hide.
class HttpConnectionTest {
    private static final String FOUND = "/track/isrc:USUM72409273";
    private static final String MALFORMED = "/track/isrc:nonsense";

    @Test
    void answersRequestsInTheirOrderThoughTheFirstTakesLonger() throws Exception {
        try (Simulator simulator = start(new RequestFault.Stalled(Duration.ofMillis(50)), FaultSchedule.numbers(1L));
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), simulator.port())) {
            send(socket, get(FOUND, "keep-alive") + get(MALFORMED, "close"));
            assertThat(statuses(socket)).containsExactly("HTTP/1.1 200 OK", "HTTP/1.1 400 Bad Request");
        }
    }

    @Test
    void aResetIsNotAnOrderlyEnd() throws Exception {
        try (Simulator simulator = start(new RequestFault.Reset(), FaultSchedule.ALWAYS);
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), simulator.port())) {
            send(socket, get(FOUND, "keep-alive"));
            assertThatThrownBy(() -> socket.getInputStream().read()).isInstanceOf(SocketException.class);
        }
    }

    @Test
    void aTruncatedBodyIsAnOrderlyEndBeforeItsTime() throws Exception {
        try (Simulator simulator = start(new RequestFault.Truncated(), FaultSchedule.ALWAYS);
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), simulator.port())) {
            send(socket, get(FOUND, "keep-alive"));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            String[] parts = answer.split("\r\n\r\n", 2);
            int promised = Integer.parseInt(parts[0].replaceAll("(?s).*content-length: (\\d+).*", "$1"));
            assertThat(parts[1]).hasSize(promised / 2);
        }
    }

    @Test
    void aQueryThatCannotBeReadIsAnsweredAndTheConnectionGoesOn() throws Exception {
        try (Simulator simulator = Simulator.start(SimulatorSettings.synthetic(10, 1));
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), simulator.port())) {
            send(socket, get("/v1/search?q=%zz", "keep-alive") + get("/_sim/report", "close"));
            assertThat(statuses(socket)).containsExactly("HTTP/1.1 400 Bad Request", "HTTP/1.1 200 OK");
        }
    }

    private static Simulator start(RequestFault fault, FaultSchedule schedule) {
        return Simulator.start(SimulatorSettings.synthetic(10, 1)
                .with(Behaviour.faultless().with(new RequestFaultRule("", schedule, fault))));
    }

    private static String get(String path, String connection) {
        return "GET " + path + " HTTP/1.1\r\nHost: simulator\r\nConnection: " + connection + "\r\n\r\n";
    }

    private static void send(Socket socket, String requests) throws IOException {
        socket.getOutputStream().write(requests.getBytes(StandardCharsets.US_ASCII));
    }

    /// The status lines of all responses, to the end of the connection.
    private static List<String> statuses(Socket socket) throws IOException {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
            return lines.lines()
                    .flatMap(line -> line.indexOf("HTTP/1.1 ") < 0
                            ? Stream.empty()
                            : Stream.of(line.substring(line.indexOf("HTTP/1.1 "))))
                    .toList();
        }
    }
}
