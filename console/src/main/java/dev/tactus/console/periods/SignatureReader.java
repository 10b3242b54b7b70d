package dev.tactus.console.periods;

import com.sun.security.auth.module.UnixSystem;
import dev.tactus.console.config.Configuration;
import dev.tactus.console.output.CommandFailure;
import dev.tactus.console.output.Console;
import dev.tactus.digest.Sha256;
import dev.tactus.reconcile.close.Signature;
import dev.tactus.serve.signin.Person;
import dev.tactus.serve.signin.Role;
import java.util.Optional;

/// Tells who is at work: the user of the operating system, and whose token stands in `TACTUS_TOKEN`.
final class SignatureReader {
    private static final String TOKEN = "TACTUS_TOKEN";

    private SignatureReader() {}

    /// @param name as it was typed
    /// @throws CommandFailure if the token is nobody's, or of somebody who may not close
    static Signature read(Configuration configuration, Console console, String name) {
        if (console.person().isPresent()) {
            // signed in on the page, where the role was looked at
            return new Signature(name, user(), console.person());
        }
        Optional<Person> person = Optional.ofNullable(console.variables().apply(TOKEN))
                .filter(token -> !token.isBlank())
                .map(token -> owner(configuration, token.strip()));
        return new Signature(name, user(), person.map(Person::name));
    }

    private static Person owner(Configuration configuration, String token) {
        String digest = Sha256.of(token).hex();
        Person owner = configuration.serve().people().stream()
                .filter(person -> person.tokenSha256().equals(digest))
                .findFirst()
                .orElseThrow(() -> CommandFailure.usage("the token in " + TOKEN + " is nobody's in "
                        + configuration.file() + ": serve.people has its SHA-256 and whose it is"));
        if (owner.role() != Role.CLOSE) {
            throw CommandFailure.usage("the token in " + TOKEN + " is of " + owner.name()
                    + ", whose role does not include closing: serve.people would say role: close");
        }
        return owner;
    }

    /// By its number first: `user.name` is what anybody can set.
    private static String user() {
        try {
            UnixSystem unix = new UnixSystem();
            return unix.getUid() + " " + unix.getUsername();
        } catch (UnsatisfiedLinkError e) {
            return System.getProperty("user.name", "");
        }
    }
}
