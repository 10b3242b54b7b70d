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

/// A store that answers each command, of ASCII, by what a test says, in RESP 2; an empty answer is none.
public final class FakeRedis implements AutoCloseable {
    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final Function<List<String>, String> answers;

    public FakeRedis(Function<List<String>, String> answers) throws IOException {
        this.answers = answers;
        Thread.ofVirtual().name("fake-redis").start(this::accept);
    }

    public int port() {
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
                    char[] text = new char[Integer.parseInt(in.readLine().substring(1))];
                    for (int read = 0; read < text.length; read += in.read(text, read, text.length - read)) {}
                    words.add(new String(text));
                    in.readLine();
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
