package dev.tactus.console.source;

import dev.tactus.console.source.StandInService.Ask;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A pair of keys, and the service's side of tokens that are signed with one of them.
record SigningKeys(String algorithm, KeyPair keys) {
    static SigningKeys of(String algorithm) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm.equals("ES256") ? "EC" : "RSA");
        generator.initialize(algorithm.equals("ES256") ? 256 : 2048);
        return new SigningKeys(algorithm, generator.generateKeyPair());
    }

    String pem() {
        return "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(keys.getPrivate().getEncoded())
                + "\n-----END PRIVATE KEY-----\n";
    }

    /// Whether a request bears a token of KEY1 and LABEL as RFC 7515 and 7519 want it.
    ///
    /// @param audience empty where none is wanted
    boolean signed(Ask ask, String audience) {
        List<String> parts =
                List.of(ask.header("authorization").replaceFirst("^Bearer ", "").split("\\.", -1));
        if (parts.size() != 3) {
            return false;
        }
        JsonNode header = JsonMapper.shared().readTree(Base64.getUrlDecoder().decode(parts.get(0)));
        JsonNode claims = JsonMapper.shared().readTree(Base64.getUrlDecoder().decode(parts.get(1)));
        try {
            Signature signature =
                    Signature.getInstance(algorithm.equals("ES256") ? "SHA256withECDSAinP1363Format" : "SHA256withRSA");
            signature.initVerify(keys.getPublic());
            signature.update((parts.get(0) + "." + parts.get(1)).getBytes(StandardCharsets.US_ASCII));
            return signature.verify(Base64.getUrlDecoder().decode(parts.get(2)))
                    && header.path("alg").asString("").equals(algorithm)
                    && header.path("kid").asString("").equals("KEY1")
                    && claims.path("iss").asString("").equals("LABEL")
                    && claims.path("aud").asString("").equals(audience)
                    && claims.path("exp").longValue() >= Instant.now().getEpochSecond();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
