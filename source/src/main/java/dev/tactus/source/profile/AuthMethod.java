package dev.tactus.source.profile;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JsonPointer;

/// One way in which requests prove who is asking, as data. Secrets are named here, and held by [Credentials].
public sealed interface AuthMethod {
    /// The names of the credentials that it needs.
    Set<String> needs();

    /// A fixed value in a header: an API key, a bearer token.
    ///
    /// @param prefix what stands before the credential, such as `Bearer `
    record Header(String header, String prefix, String credential) implements AuthMethod {
        @Override
        public Set<String> needs() {
            return Set.of(credential);
        }
    }

    /// A fixed value in the query. It is added when a request is sent, and is no part of what is kept of it.
    record Query(String parameter, String credential) implements AuthMethod {
        @Override
        public Set<String> needs() {
            return Set.of(credential);
        }
    }

    /// The Basic scheme (RFC 7617).
    record Basic(String user, String password) implements AuthMethod {
        @Override
        public Set<String> needs() {
            return new LinkedHashSet<>(List.of(user, password));
        }
    }

    /// A token that is replaced before it ends.
    sealed interface Token extends AuthMethod {
        /// The header that carries it.
        String header();

        /// What stands before it, such as `Bearer `.
        String prefix();

        /// How long before it ends it is replaced.
        Duration refreshBefore();
    }

    /// A token that is issued at the token_url: client credentials, refresh token (RFC 6749), assertion (RFC 7523).
    ///
    /// @param client how the client proves who it is there
    /// @param fields of the request; `{name}` is the credential of that name, and `{assertion}` a signed token
    /// @param json whether the request's body is JSON and no form
    /// @param token where the token stands in the answer
    /// @param expiresIn where its life in seconds stands there
    /// @param assertion how the assertion is made, where there is one
    record Issued(
            String header,
            String prefix,
            Duration refreshBefore,
            Client client,
            Map<String, String> fields,
            boolean json,
            JsonPointer token,
            JsonPointer expiresIn,
            Optional<Signature> assertion)
            implements Token {
        private static final Pattern PLACE = Pattern.compile("\\{([a-z_]+)}");

        public Issued {
            fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
        }

        @Override
        public Set<String> needs() {
            Set<String> names = new LinkedHashSet<>();
            if (client == Client.BASIC) {
                names.addAll(List.of("client_id", "client_secret"));
            }
            for (String field : fields.values()) {
                Matcher places = PLACE.matcher(field);
                while (places.find()) {
                    names.add(places.group(1));
                }
            }
            names.remove("assertion");
            assertion.ifPresent(signature -> names.addAll(signature.needs()));
            return names;
        }

        /// A field with what belongs into its places.
        public static String filled(String field, java.util.function.UnaryOperator<String> values) {
            return PLACE.matcher(field).replaceAll(found -> Matcher.quoteReplacement(values.apply(found.group(1))));
        }
    }

    /// How a client proves at the token endpoint who it is.
    enum Client {
        BASIC,
        BODY,
        NONE
    }

    /// A token that we sign ourselves (RFC 7519).
    record Signed(String header, String prefix, Duration refreshBefore, Signature signature) implements Token {
        @Override
        public Set<String> needs() {
            return signature.needs();
        }
    }

    /// How a token is signed, and what it says.
    ///
    /// @param keyId the credential whose value is the `kid`, where there is one
    /// @param claims in which `{name}` is the credential of that name
    /// @param lifetime from `iat` to `exp`
    record Signature(
            Algorithm algorithm, String key, Optional<String> keyId, Map<String, String> claims, Duration lifetime) {
        public Signature {
            claims = Collections.unmodifiableMap(new LinkedHashMap<>(claims));
        }

        Set<String> needs() {
            Set<String> names = new LinkedHashSet<>();
            keyId.ifPresent(names::add);
            for (String claim : claims.values()) {
                Matcher places = Issued.PLACE.matcher(claim);
                while (places.find()) {
                    names.add(places.group(1));
                }
            }
            names.add(key);
            return names;
        }
    }

    /// A way to sign (RFC 7518).
    enum Algorithm {
        ES256,
        RS256
    }
}
