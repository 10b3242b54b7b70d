package dev.tactus.gateway.proxy;

import dev.tactus.gateway.config.GatewaySettings;
import dev.tactus.gateway.http.Http2FloodDetector;
import dev.tactus.gateway.http.Http2HeaderValidator;
import dev.tactus.gateway.http.RequestDecoder;
import dev.tactus.gateway.http.ResponseEncoder;
import dev.tactus.gateway.upstream.ProxyWorker;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2StreamFrameToHttpObjectCodec;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.ApplicationProtocolNegotiationHandler;
import io.netty.handler.ssl.SslHandler;
import java.time.Duration;
import java.util.function.Function;

/// Sets up a caller's connection: TLS where it is configured, then HTTP/1.1 or what ALPN agreed on.
@SuppressWarnings("FutureReturnValueIgnored") // what fails ends the connection, and that is seen
public final class ClientChannelInitializer extends ChannelInitializer<Channel> {
    private static final int MOST_STREAMS = 256;

    private final AdmissionCheck admission;
    private final Function<Channel, ProxyWorker> workers;
    private final boolean plain;

    /// Sets connections up for those that it lets in.
    ///
    /// @param plain whether there is no TLS whatever the configuration says
    public ClientChannelInitializer(AdmissionCheck admission, Function<Channel, ProxyWorker> workers, boolean plain) {
        this.plain = plain;
        this.admission = admission;
        this.workers = workers;
    }

    @Override
    protected void initChannel(Channel channel) {
        RuntimeConfig config = admission.config();
        ProxyWorker worker = workers.apply(channel);
        ChannelPipeline pipeline = channel.pipeline();
        if (plain || config.tls().isEmpty()) {
            http1(pipeline, worker, config);
            return;
        }
        SslHandler tls = config.tls().get().newHandler(channel.alloc());
        tls.setHandshakeTimeoutMillis(config.settings().timeouts().headers().toMillis());
        pipeline.addLast(tls);
        pipeline.addLast(new ApplicationProtocolNegotiationHandler(ApplicationProtocolNames.HTTP_1_1) {
            @Override
            protected void configurePipeline(ChannelHandlerContext ctx, String protocol) {
                if (protocol.equals(ApplicationProtocolNames.HTTP_2)) {
                    http2(ctx.pipeline(), worker, config);
                } else {
                    http1(ctx.pipeline(), worker, config);
                }
            }

            @Override
            protected void handshakeFailure(ChannelHandlerContext ctx, Throwable cause) {
                ctx.close();
            }

            @Override
            public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
                admission.failed(cause);
                ctx.close();
            }
        });
    }

    private void http1(ChannelPipeline pipeline, ProxyWorker worker, RuntimeConfig config) {
        RequestDecoder decoder = new RequestDecoder(config.settings().sizes());
        ResponseEncoder encoder = new ResponseEncoder();
        pipeline.addLast(decoder, encoder, ClientConnection.http1(admission, worker, decoder, encoder));
    }

    private void http2(ChannelPipeline pipeline, ProxyWorker worker, RuntimeConfig config) {
        GatewaySettings settings = config.settings();
        Http2FrameCodec codec = Http2FrameCodecBuilder.forServer()
                .initialSettings(Http2Settings.defaultSettings()
                        .maxConcurrentStreams(MOST_STREAMS)
                        .maxHeaderListSize(
                                settings.sizes().headers() + settings.sizes().requestLine()))
                .gracefulShutdownTimeoutMillis(settings.timeouts().drain().toMillis())
                .build();
        pipeline.addLast(codec, new Http2FloodDetector(codec, worker::now));
        pipeline.addLast(new Http2MultiplexHandler(new ChannelInitializer<Channel>() {
            @Override
            protected void initChannel(Channel stream) {
                stream.pipeline()
                        .addLast(
                                new Http2HeaderValidator(),
                                new Http2StreamFrameToHttpObjectCodec(true),
                                ClientConnection.http2(admission, worker));
            }
        }));
        pipeline.addLast(new Streams(worker, codec, settings.timeouts().idle()));
    }

    /// Keeps an HTTP/2 connection from outliving its use.
    private static final class Streams extends ChannelInboundHandlerAdapter implements ProxyWorker.TimeLimited {
        private final ProxyWorker worker;
        private final Http2FrameCodec codec;
        private final long idleNanos;
        private long lastRead;

        @SuppressWarnings("NullAway.Init") // set when the channel takes it
        private ChannelHandlerContext context;

        Streams(ProxyWorker worker, Http2FrameCodec codec, Duration idle) {
            this.worker = worker;
            this.codec = codec;
            this.idleNanos = idle.toNanos();
        }

        @Override
        public void handlerAdded(ChannelHandlerContext ctx) {
            context = ctx;
            lastRead = worker.now();
            worker.watch(this);
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext ctx) {
            lastRead = worker.now();
            ctx.fireChannelReadComplete();
        }

        @Override
        public void handlerRemoved(ChannelHandlerContext ctx) {
            worker.forget(this);
        }

        @Override
        public void sweep(long now) {
            if (now - lastRead > idleNanos && codec.connection().numActiveStreams() == 0) {
                context.close();
            }
        }

        @Override
        public void drain() {
            context.close(); // says GOAWAY and waits for the streams that are open
        }
    }
}
