package dev.tactus.gateway.shared;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads a Redis server's answers (RESP 2): an answer that has not come whole is read again from its beginning, as
/// they are short. Used on one loop only.
final class RespDecoder extends ByteToMessageDecoder {
    private static final int LONGEST = 1024 * 1024;
    private static final int DEEPEST = 4;

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        int from = in.readerIndex();
        Optional<RespReply> reply = reply(in, DEEPEST);
        if (reply.isPresent()) {
            out.add(reply.get());
        } else {
            in.readerIndex(from);
        }
    }

    private static Optional<RespReply> reply(ByteBuf in, int depth) {
        Optional<String> line = line(in);
        if (line.isEmpty()) {
            return Optional.empty();
        }
        String rest = line.get().substring(1);
        return switch (line.get().charAt(0)) {
            case '+' -> Optional.of(new RespReply.Text(rest));
            case '-' -> Optional.of(new RespReply.Failure(rest));
            case ':' -> Optional.of(new RespReply.Whole(Long.parseLong(rest)));
            case '$' -> bulk(in, Integer.parseInt(rest));
            case '*' -> array(in, Integer.parseInt(rest), depth);
            default -> throw new IllegalArgumentException("not an answer of Redis");
        };
    }

    private static Optional<RespReply> bulk(ByteBuf in, int length) {
        if (length < 0) {
            return Optional.of(new RespReply.Nothing());
        }
        if (length > LONGEST) {
            throw new IllegalArgumentException("an answer of " + length + " bytes");
        }
        if (in.readableBytes() < length + 2) {
            return Optional.empty();
        }
        String text = in.readCharSequence(length, StandardCharsets.UTF_8).toString();
        in.skipBytes(2);
        return Optional.of(new RespReply.Text(text));
    }

    private static Optional<RespReply> array(ByteBuf in, int size, int depth) {
        if (size < 0) {
            return Optional.of(new RespReply.Nothing());
        }
        if (depth == 0) {
            throw new IllegalArgumentException("an answer that is too deep");
        }
        List<RespReply> items = new ArrayList<>(Math.min(size, 64));
        for (int i = 0; i < size; i++) {
            Optional<RespReply> item = reply(in, depth - 1);
            if (item.isEmpty()) {
                return Optional.empty();
            }
            items.add(item.get());
        }
        return Optional.of(new RespReply.Array(items));
    }

    private static Optional<String> line(ByteBuf in) {
        int end = in.bytesBefore((byte) '\n');
        if (end < 2) {
            return Optional.empty();
        }
        String line = in.readCharSequence(end - 1, StandardCharsets.UTF_8).toString();
        in.skipBytes(2);
        return Optional.of(line);
    }
}
