package dev.tactus.serve.signin;

import java.util.Optional;

/// Who looks at a page.
///
/// @param person who is signed in
/// @param csrf what forms of this viewer carry, so that no other site can send them; empty where nobody is signed in
public record Viewer(Optional<Person> person, String csrf) {
    /// Somebody who is not signed in.
    public static Viewer nobody() {
        return new Viewer(Optional.empty(), "");
    }

    /// Whether it is somebody who may do that.
    public boolean may(Role role) {
        return person.filter(one -> one.role().includes(role)).isPresent();
    }

    /// The name for the record.
    public Optional<String> name() {
        return person.map(Person::name);
    }
}
