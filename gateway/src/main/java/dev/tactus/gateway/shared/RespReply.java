package dev.tactus.gateway.shared;

import java.nio.charset.StandardCharsets;
import java.util.List;

/// What a Redis server answers (RESP 2).
sealed interface RespReply {
    /// A text, or bytes that are one here.
    record Text(String text) implements RespReply {}

    record Whole(long value) implements RespReply {}

    record Array(List<RespReply> items) implements RespReply {
        public Array {
            items = List.copyOf(items);
        }
    }

    /// There is no such thing.
    record Nothing() implements RespReply {}

    record Failure(String message) implements RespReply {}

    /// A command as the protocol writes it.
    static byte[] command(List<String> words) {
        StringBuilder command = new StringBuilder("*").append(words.size()).append("\r\n");
        for (String word : words) {
            command.append('$')
                    .append(word.getBytes(StandardCharsets.UTF_8).length)
                    .append("\r\n")
                    .append(word)
                    .append("\r\n");
        }
        return command.toString().getBytes(StandardCharsets.UTF_8);
    }
}
