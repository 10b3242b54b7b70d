package dev.tactus.source.auth;

import dev.tactus.source.profile.AuthMethod;
import dev.tactus.source.profile.Credentials;
import dev.tactus.source.response.SourceFailure;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.InstantSource;
import java.util.Base64;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Signs tokens with the operator's key (RFC 7515, 7519). The key is read when the first token is made, so that whoever
/// calls nobody needs none. Thread-safe.
final class JwtSigner implements TokenMaker {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
    private static final int P256 = 256;

    private final String source;
    private final AuthMethod.Signature method;
    private final Credentials credentials;
    private final InstantSource clock;

    JwtSigner(String source, AuthMethod.Signature method, Credentials credentials, InstantSource clock) {
        this.source = source;
        this.method = method;
        this.credentials = credentials;
        this.clock = clock;
    }

    @Override
    public Issued issue() {
        ObjectNode header =
                JSON.createObjectNode().put("alg", method.algorithm().name());
        method.keyId().ifPresent(name -> header.put("kid", credentials.get(name)));
        header.put("typ", "JWT");
        ObjectNode claims = JSON.createObjectNode();
        method.claims().forEach((name, value) -> claims.put(name, AuthMethod.Issued.filled(value, credentials::get)));
        long now = clock.instant().getEpochSecond();
        claims.put("iat", now).put("exp", now + method.lifetime().toSeconds());
        String text = encoded(header) + "." + encoded(claims);
        return new Issued(text + "." + BASE64.encodeToString(signature(text)), method.lifetime());
    }

    private static String encoded(ObjectNode part) {
        return BASE64.encodeToString(JSON.writeValueAsBytes(part));
    }

    private byte[] signature(String text) {
        try {
            Signature signature = Signature.getInstance(
                    switch (method.algorithm()) {
                        case ES256 -> "SHA256withECDSAinP1363Format";
                        case RS256 -> "SHA256withRSA";
                    });
            signature.initSign(key());
            signature.update(text.getBytes(StandardCharsets.US_ASCII));
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw unusable("it is no private key for " + method.algorithm());
        }
    }

    private PrivateKey key() throws GeneralSecurityException {
        String pem = credentials.get(method.key()).replace("\\n", "\n").strip();
        if (pem.contains("-----BEGIN ") && !pem.contains("-----BEGIN PRIVATE KEY-----")) {
            throw unusable(
                    "it has the form \"" + pem.lines().findFirst().orElse("").replace("-", "")
                            + "\"; PKCS #8 is needed, which openssl pkcs8 -topk8 -nocrypt makes of it");
        }
        byte[] bytes;
        try {
            bytes = Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
        } catch (IllegalArgumentException e) {
            throw unusable("it is not PEM");
        }
        PrivateKey key = KeyFactory.getInstance(method.algorithm() == AuthMethod.Algorithm.ES256 ? "EC" : "RSA")
                .generatePrivate(new PKCS8EncodedKeySpec(bytes));
        if (key instanceof ECPrivateKey ec && ec.getParams().getOrder().bitLength() != P256) {
            throw unusable("ES256 needs a key on the curve P-256");
        }
        return key;
    }

    private SourceFailure unusable(String why) {
        return new SourceFailure(
                SourceFailure.Kind.WRONG_CREDENTIALS,
                "source " + source + ": the credential " + method.key() + " can't be used: " + why
                        + "; it has to be the text of a file that begins with -----BEGIN PRIVATE KEY-----");
    }
}
