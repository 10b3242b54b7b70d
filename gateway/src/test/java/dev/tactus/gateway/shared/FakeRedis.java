package dev.tactus.gateway.shared;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// A store that answers each command by what a test says, in RESP 2; an empty answer is none.
final class FakeRedis implements AutoCloseable {
    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final Function<List<String>, String> answers;

    FakeRedis(Function<List<String>, String> answers) throws IOException {
        this.answers = answers;
        Thread.ofVirtual().name("fake-redis").start(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket;
                BufferedReader in =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                List<String> words = new ArrayList<>();
                for (int word = Integer.parseInt(line.substring(1)); word > 0; word--) {
                    in.readLine(); // its length
                    words.add(in.readLine());
                }
                socket.getOutputStream().write(answers.apply(words).getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException left) {
            // whoever asked has left
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
