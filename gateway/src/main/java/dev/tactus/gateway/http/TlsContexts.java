package dev.tactus.gateway.http;

import dev.tactus.gateway.network.TlsSettings;
import dev.tactus.gateway.network.Upstream;
import io.netty.handler.codec.http2.Http2SecurityUtil;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.nio.file.Path;
import javax.net.ssl.SSLException;

/// Makes TLS ready, with the JDK's own implementation.
public final class TlsContexts {
    private TlsContexts() {}

    /// For connections of clients.
    ///
    /// @throws IllegalArgumentException if the files are not a certificate chain and its key
    public static SslContext server(TlsSettings tls) {
        try {
            return SslContextBuilder.forServer(
                            tls.certificate().toFile(), tls.key().toFile())
                    .sslProvider(SslProvider.JDK)
                    .protocols("TLSv1.3", "TLSv1.2")
                    .ciphers(Http2SecurityUtil.CIPHERS, SupportedCipherSuiteFilter.INSTANCE)
                    .applicationProtocolConfig(new ApplicationProtocolConfig(
                            ApplicationProtocolConfig.Protocol.ALPN,
                            ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
                            ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
                            ApplicationProtocolNames.HTTP_2,
                            ApplicationProtocolNames.HTTP_1_1))
                    .build();
        } catch (SSLException | IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "tls: " + tls.certificate() + " and " + tls.key()
                            + " are not a certificate chain and its private key in PEM (PKCS 8): " + reason(e),
                    e);
        }
    }

    /// For connections to the upstream.
    ///
    /// @throws IllegalArgumentException if the file to trust holds no certificates
    public static SslContext client(Upstream upstream) {
        SslContextBuilder builder =
                SslContextBuilder.forClient().sslProvider(SslProvider.JDK).protocols("TLSv1.3", "TLSv1.2");
        try {
            if (!upstream.verifies()) {
                builder.trustManager(InsecureTrustManagerFactory.INSTANCE).endpointIdentificationAlgorithm("");
            } else {
                upstream.trust().map(Path::toFile).ifPresent(builder::trustManager);
            }
            return builder.build();
        } catch (SSLException | IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "upstream_tls.trust: " + upstream.trust().orElseThrow() + " holds no certificates in PEM: "
                            + reason(e),
                    e);
        }
    }

    private static String reason(Exception e) {
        return String.valueOf(
                e.getCause() == null ? e.getMessage() : e.getCause().getMessage());
    }
}
