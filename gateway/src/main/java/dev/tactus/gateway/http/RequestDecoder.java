package dev.tactus.gateway.http;

import dev.tactus.gateway.config.RequestSizeLimits;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.List;

/// Reads HTTP/1.1 requests, and refuses what another reader might read as something else.
///
/// Netty's decoder is lenient where RFC 9112 lets a recipient be: a folded line is joined, a tab or a lone CR parts the
/// words of the request line, anything may follow a chunk's size after a space. Two readers in a row that are lenient
/// in different ways can be made to disagree on where a request ends (request smuggling). So the raw bytes of heads,
/// chunk sizes and trailers are looked at first: lines end with CR LF and hold no other control character, none is
/// folded, a request line has exactly two spaces, a chunk's size is hexadecimal digits and at most an extension; and a
/// length beside a transfer coding is refused. Not thread-safe.
public final class RequestDecoder extends HttpRequestDecoder {
    private static final int MOST_BODY_BYTES_AT_ONCE = 64 * 1024;
    private static final int LONGEST_SIZE_LINE = 512;
    private static final int LONGEST_SIZE = 15;
    /// Each `1` stands for any digit.
    private static final String VERSION = "HTTP/1.1";

    private enum Part {
        HEAD,
        FIXED_BODY,
        SIZE_LINE,
        CHUNK,
        TRAILERS
    }

    private Part part = Part.HEAD;
    private boolean inRequestLine = true;
    private boolean lastChunk;
    private long chunkLeft;
    private boolean bad;

    public RequestDecoder(RequestSizeLimits sizes) {
        super(new HttpDecoderConfig()
                .setMaxInitialLineLength(sizes.requestLine())
                .setMaxHeaderSize(sizes.headers())
                .setMaxChunkSize(MOST_BODY_BYTES_AT_ONCE)
                // values have been looked at byte by byte here, before Netty reads them
                .setHeadersFactory(DefaultHttpHeadersFactory.headersFactory()
                        .withValidation(false)
                        .withNameValidation(true)));
    }

    /// Whether a request's head has begun but is not complete.
    public boolean inHead() {
        return part == Part.HEAD && (!inRequestLine || actualReadableBytes() > 0);
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf buffer, List<Object> out) throws Exception {
        if (bad) {
            buffer.skipBytes(buffer.readableBytes());
            return;
        }
        if (isHalfAnEmptyLine(buffer)) {
            return; // Netty would take the CR, and the LF would come as a line of its own
        }
        try {
            check(buffer);
        } catch (IllegalArgumentException e) {
            bad = true;
            buffer.skipBytes(buffer.readableBytes());
            out.add(refused(e));
            return;
        }
        int from = buffer.readerIndex();
        int before = out.size();
        super.decode(ctx, buffer, out);
        proceed(buffer.readerIndex() - from, out, before);
    }

    @Override
    protected void handleTransferEncodingChunkedWithContentLength(HttpMessage message) {
        throw new IllegalArgumentException("ambiguous: Content-Length and Transfer-Encoding contradict each other");
    }

    private HttpObject refused(IllegalArgumentException why) {
        HttpObject message = part == Part.HEAD
                ? new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/")
                : new DefaultLastHttpContent();
        message.setDecoderResult(DecoderResult.failure(why));
        return message;
    }

    /// Looks at the bytes that the next step may consume, each once.
    private void check(ByteBuf buffer) {
        switch (part) {
            case HEAD, TRAILERS -> checkLines(buffer);
            case SIZE_LINE -> checkSize(buffer);
            case FIXED_BODY, CHUNK -> {}
        }
    }

    private void checkLines(ByteBuf buffer) {
        int at = buffer.readerIndex();
        int end = buffer.writerIndex();
        if (part == Part.HEAD && inRequestLine) {
            at = afterEmptyLines(buffer);
            if (at == end) {
                return;
            }
        }
        int lineFeed;
        while ((lineFeed = buffer.indexOf(at, end, (byte) '\n')) >= 0) {
            if (lineFeed == at || buffer.getByte(lineFeed - 1) != '\r') {
                throw new IllegalArgumentException("ambiguous: a line ends with LF instead of CR LF");
            }
            if (lineFeed == at + 1) {
                return;
            }
            checkLine(buffer, at, lineFeed - 1);
            at = lineFeed + 1;
            inRequestLine = false;
        }
    }

    private boolean isHalfAnEmptyLine(ByteBuf buffer) {
        if (part != Part.HEAD || !inRequestLine) {
            return false;
        }
        int at = afterEmptyLines(buffer);
        return at == buffer.writerIndex() - 1 && buffer.getByte(at) == '\r';
    }

    /// An empty line before a request is left over from an older client's body.
    private static int afterEmptyLines(ByteBuf buffer) {
        int at = buffer.readerIndex();
        while (buffer.writerIndex() - at >= 2 && buffer.getByte(at) == '\r' && buffer.getByte(at + 1) == '\n') {
            at += 2;
        }
        return at;
    }

    private void checkLine(ByteBuf buffer, int from, int to) {
        boolean request = part == Part.HEAD && inRequestLine;
        byte first = buffer.getByte(from);
        if (first == ' ' || first == '\t') {
            throw new IllegalArgumentException(
                    request
                            ? "ambiguous: a request starts with white space"
                            : "ambiguous: a header line is folded or starts with white space");
        }
        int spaces = 0;
        for (int i = from; i < to; i++) {
            byte b = buffer.getByte(i);
            if ((b >= 0 && b < ' ' && (b != '\t' || request)) || b == 127) {
                throw new IllegalArgumentException("a line contains the control character 0x%02x".formatted(b));
            }
            spaces += b == ' ' ? 1 : 0;
        }
        if (request && spaces != 2) {
            throw new IllegalArgumentException(
                    "a request line must be method, target and version, separated by one space");
        }
        if (request && !endsWithVersion(buffer, from, to)) {
            throw new IllegalArgumentException("a request line must end with HTTP/1.1 in capital letters, or HTTP/1.0");
        }
    }

    private static boolean endsWithVersion(ByteBuf buffer, int from, int to) {
        int at = to - VERSION.length();
        if (at <= from || buffer.getByte(at - 1) != ' ') {
            return false;
        }
        for (int i = 0; i < VERSION.length(); i++) {
            byte b = buffer.getByte(at + i);
            boolean digit = VERSION.charAt(i) == '1';
            if (digit ? b < '0' || b > '9' : b != VERSION.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private void checkSize(ByteBuf buffer) {
        int from = buffer.readerIndex();
        int lineFeed = buffer.indexOf(from, buffer.writerIndex(), (byte) '\n');
        if (lineFeed < 0) {
            if (buffer.readableBytes() > LONGEST_SIZE_LINE) {
                throw new IllegalArgumentException("a chunk's size line has no end");
            }
            return;
        }
        int end = lineFeed - 1;
        if (end < from || buffer.getByte(end) != '\r' || lineFeed - from > LONGEST_SIZE_LINE) {
            throw new IllegalArgumentException("a chunk's size line does not end with CR LF");
        }
        long size = 0;
        int at = from;
        for (int digit; at < end && (digit = Character.digit(buffer.getByte(at), 16)) >= 0; at++) {
            size = size * 16 + digit;
        }
        if (at == from || at - from > LONGEST_SIZE || (at < end && buffer.getByte(at) != ';')) {
            throw new IllegalArgumentException("a chunk's size is not a hexadecimal number");
        }
        for (; at < end; at++) {
            if (buffer.getByte(at) < ' ') {
                throw new IllegalArgumentException("a chunk's extension contains a control character");
            }
        }
        lastChunk = size == 0;
        chunkLeft = lineFeed + 1 - from + size + 2;
    }

    /// Follows the decoder: what did it just read, so what comes next?
    private void proceed(int consumed, List<Object> out, int before) {
        if (part == Part.SIZE_LINE && consumed > 0) {
            part = lastChunk ? Part.TRAILERS : Part.CHUNK;
        }
        if (part == Part.CHUNK) {
            chunkLeft -= consumed;
            part = chunkLeft == 0 ? Part.SIZE_LINE : Part.CHUNK;
        }
        for (int i = before; i < out.size(); i++) {
            HttpObject message = (HttpObject) out.get(i);
            bad |= message.decoderResult().isFailure();
            if (message instanceof HttpMessage head) {
                part = HttpUtil.isTransferEncodingChunked(head) ? Part.SIZE_LINE : Part.FIXED_BODY;
            }
            if (message instanceof LastHttpContent) {
                part = Part.HEAD;
                inRequestLine = true;
            }
        }
    }
}
