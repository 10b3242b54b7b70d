package dev.tactus.serve.signin;

import dev.tactus.digest.Sha256;
import dev.tactus.serve.state.SiteState;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Who may sign in: the people of the configuration; where it names none, the one whom the first start's link has set
/// up. Thread-safe.
public final class People {
    private final List<Person> configured;
    private final SiteState state;

    public People(List<Person> configured, SiteState state) {
        this.configured = List.copyOf(configured);
        this.state = state;
    }

    /// Whether the configuration names people: whoever looks has to sign in then.
    public boolean areConfigured() {
        return !configured.isEmpty();
    }

    /// Whether nobody can sign in yet.
    public boolean isNobody() {
        return all().isEmpty();
    }

    /// Whose token it is.
    Optional<Person> owner(String token) {
        return byDigest(Sha256.of(token.strip()).hex());
    }

    /// Digests are compared, of which nobody can choose the beginning: how long that takes tells nothing of a token.
    Optional<Person> byDigest(String digest) {
        return all().stream()
                .filter(person -> person.tokenSha256().equals(digest))
                .findFirst();
    }

    private List<Person> all() {
        return areConfigured()
                ? configured
                : state.first()
                        .map(one -> List.of(new Person(one.name(), one.tokenSha256(), role(one.role()))))
                        .orElseGet(List::of);
    }

    private static Role role(String label) {
        return Arrays.stream(Role.values())
                .filter(role -> role.label().equals(label))
                .findFirst()
                .orElse(Role.LOOK);
    }
}
