package dev.tactus.gateway.proxy;

import dev.tactus.gateway.http.ResponseDecoder;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// One connection to the upstream, which carries one exchange at a time.
///
/// It is given to the next exchange only once the last one's answer has been read to its end and nothing came after
/// it: bytes that belong to nobody end the connection, so that they can't become somebody else's answer. Used on its
/// loop only.
@SuppressWarnings("FutureReturnValueIgnored") // what fails ends the connection, and that is seen
final class UpstreamConnection extends ChannelInboundHandlerAdapter implements ProxyWorker.TimeLimited {
    private final ProxyWorker loop;
    private final RuntimeConfig.Target target;
    private final long idleNanos;
    private final ResponseDecoder decoder = new ResponseDecoder();

    @SuppressWarnings("NullAway.Init") // set when the channel takes it, before anybody else sees it
    private ChannelHandlerContext context;

    private @Nullable Exchange exchange;
    private @Nullable ClientConnection toFlush;
    private boolean informational;
    private boolean keepsAlive;
    private boolean finished;
    private boolean discards;
    private boolean used;
    private boolean sawAnything;
    private boolean lent = true;
    private long idleSince;

    UpstreamConnection(ProxyWorker loop, RuntimeConfig.Target target, Duration idle) {
        this.loop = loop;
        this.target = target;
        this.idleNanos = idle.toNanos();
    }

    ResponseDecoder decoder() {
        return decoder;
    }

    RuntimeConfig.Target target() {
        return target;
    }

    long idleSince() {
        return idleSince;
    }

    boolean isUsable() {
        return context.channel().isActive() && exchange == null && !decoder.hasLeftOver();
    }

    boolean isWritable() {
        return context.channel().isWritable();
    }

    /// Whether it had carried another exchange before this one, and the upstream hasn't said a word about this one:
    /// then it may have been closing it when the request was on its way.
    boolean mayHaveBeenStale() {
        return used && !sawAnything;
    }

    /// Takes an exchange.
    void begin(Exchange next, boolean head) {
        exchange = next;
        informational = false;
        finished = false;
        sawAnything = false;
        lent = true;
        decoder.expect(head);
    }

    void write(HttpObject message) {
        context.write(message).addListener(written -> {
            if (!written.isSuccess() && exchange != null) {
                exchange.sendingFailed();
            }
        });
    }

    /// Sends a request that is complete without a body.
    void send(HttpRequest whole) {
        context.write(whole, context.voidPromise());
    }

    void flush() {
        context.flush();
    }

    void pauseReading() {
        context.channel().config().setAutoRead(false);
    }

    void resumeReading() {
        if (!context.channel().config().isAutoRead()) {
            context.channel().config().setAutoRead(true);
        }
    }

    /// The exchange needs nothing more; the rest of the answer, if any, is read and thrown away.
    ///
    /// @param sent whether the request was sent to its end
    void release(boolean sent, boolean answered) {
        exchange = null;
        keepsAlive &= sent;
        if (!keepsAlive || !context.channel().isActive()) {
            close();
        } else if (answered) {
            finished = true;
        } else {
            discards = true;
            lent = false; // an answer without an end is not waited for
            idleSince = loop.now();
            resumeReading();
        }
    }

    /// Gives a connection back that was never used.
    void unused() {
        keepsAlive = true;
        finished = true;
        keep();
    }

    void close() {
        exchange = null;
        context.channel().close();
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        loop.lines().opened();
        loop.watch(this);
        ctx.fireChannelActive();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        sawAnything = true;
        if (discards) {
            ReferenceCountUtil.release(message);
            if (message instanceof LastHttpContent) {
                discards = false;
                finished = true;
            }
        } else if (exchange == null || finished) {
            ReferenceCountUtil.release(message);
            close();
        } else if (((HttpObject) message).decoderResult().isFailure()) {
            ReferenceCountUtil.release(message);
            keepsAlive = false;
            exchange.answerUnreadable();
        } else if (message instanceof HttpResponse head) {
            head(exchange, head);
        } else if (message instanceof HttpContent content) {
            content(exchange, content);
        }
    }

    private void head(Exchange current, HttpResponse head) {
        informational = head.status().codeClass() == HttpStatusClass.INFORMATIONAL;
        keepsAlive = HttpUtil.isKeepAlive(head);
        toFlush = current.caller();
        current.answerHead(head);
    }

    private void content(Exchange current, HttpContent content) {
        boolean last = content instanceof LastHttpContent;
        if (informational) {
            informational = !last;
            content.release();
            return;
        }
        toFlush = current.caller();
        current.answerBody(content, last);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        ClientConnection caller = toFlush;
        toFlush = null;
        if (caller != null) {
            caller.flush();
        }
        if (finished && exchange == null) {
            keep();
        }
        ctx.fireChannelReadComplete();
    }

    private void keep() {
        finished = false;
        used = true;
        idleSince = loop.now();
        if (isUsable()) {
            resumeReading();
            lent = false;
            loop.lines().keep(this);
        } else {
            close();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        if (exchange != null && ctx.channel().isWritable()) {
            exchange.upstreamTakesMore();
        }
        ctx.fireChannelWritabilityChanged();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        loop.forget(this);
        loop.lines().closed(this);
        Exchange current = exchange;
        exchange = null;
        if (current != null) {
            current.lineLost(this);
            ClientConnection caller = current.caller();
            caller.flush();
        }
        ctx.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        ctx.channel().close(); // the exchange hears of it as the connection's end
    }

    @Override
    public void drain() {
        if (!lent) {
            close();
        }
    }

    @Override
    public void sweep(long now) {
        if (!lent && now - idleSince > idleNanos) {
            close();
        }
    }
}
