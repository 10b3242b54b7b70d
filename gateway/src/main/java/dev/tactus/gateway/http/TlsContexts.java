package dev.tactus.gateway.http;

import dev.tactus.digest.Sha256;
import dev.tactus.gateway.network.TlsSettings;
import dev.tactus.gateway.network.Upstream;
import io.netty.handler.codec.http2.Http2SecurityUtil;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.util.Optional;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;

/// Makes TLS ready, with the JDK's own implementation.
public final class TlsContexts {
    private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

    private TlsContexts() {}

    /// For connections of clients.
    ///
    /// @throws IllegalArgumentException if the files are not a certificate chain, its key, and authorities
    public static SslContext server(TlsSettings tls) {
        SslContextBuilder builder = pem(
                        "tls",
                        tls,
                        () -> SslContextBuilder.forServer(
                                tls.certificate().toFile(), tls.key().toFile()))
                .sslProvider(SslProvider.JDK)
                .protocols(PROTOCOLS)
                .ciphers(Http2SecurityUtil.CIPHERS, SupportedCipherSuiteFilter.INSTANCE)
                .applicationProtocolConfig(new ApplicationProtocolConfig(
                        ApplicationProtocolConfig.Protocol.ALPN,
                        ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
                        ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
                        ApplicationProtocolNames.HTTP_2,
                        ApplicationProtocolNames.HTTP_1_1));
        tls.clients()
                .ifPresent(authorities ->
                        trusting("tls.clients", builder, authorities).clientAuth(ClientAuth.REQUIRE));
        return built(builder);
    }

    /// For connections to the upstream.
    ///
    /// @throws IllegalArgumentException if a file is not what it has to be
    public static SslContext client(Upstream upstream) {
        SslContextBuilder builder =
                SslContextBuilder.forClient().sslProvider(SslProvider.JDK).protocols(PROTOCOLS);
        upstream.shown()
                .ifPresent(shown -> pem(
                        "upstream_tls",
                        shown,
                        () -> builder.keyManager(
                                shown.certificate().toFile(), shown.key().toFile())));
        if (!upstream.verifies()) {
            builder.trustManager(InsecureTrustManagerFactory.INSTANCE).endpointIdentificationAlgorithm("");
        } else {
            upstream.trust().ifPresent(file -> trusting("upstream_tls.trust", builder, file));
        }
        return built(builder);
    }

    /// The SHA-256 of the certificate that the other side has shown, as DER, if it had to.
    public static Optional<Sha256> shown(SSLEngine connection) {
        if (!connection.getNeedClientAuth()) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    Sha256.of(connection.getSession().getPeerCertificates()[0].getEncoded()));
        } catch (SSLPeerUnverifiedException | CertificateEncodingException e) {
            return Optional.empty(); // whoever has shown none is nobody that is known
        }
    }

    private static SslContextBuilder pem(String where, TlsSettings shown, Supplier<SslContextBuilder> files) {
        try {
            return files.get();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    where + ": " + shown.certificate() + " and " + shown.key()
                            + " are not a certificate chain and its private key in PEM (PKCS 8): " + reason(e),
                    e);
        }
    }

    private static SslContextBuilder trusting(String where, SslContextBuilder builder, Path authorities) {
        try {
            return builder.trustManager(authorities.toFile());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    where + ": " + authorities + " holds no certificates in PEM: " + reason(e), e);
        }
    }

    private static SslContext built(SslContextBuilder builder) {
        try {
            return builder.build();
        } catch (SSLException e) {
            throw new IllegalArgumentException("tls can't be used: " + reason(e), e);
        }
    }

    private static String reason(Exception e) {
        return String.valueOf(
                e.getCause() == null ? e.getMessage() : e.getCause().getMessage());
    }
}
