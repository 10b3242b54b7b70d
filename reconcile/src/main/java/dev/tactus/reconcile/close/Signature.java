package dev.tactus.reconcile.close;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Who does something to a period: the name that was given, and what it rests on.
///
/// A name is what anybody can type. Two signatures are of two people if two users of the operating system gave them, or
/// if each was given with a token, and the tokens are two people's.
///
/// @param name as it was typed
/// @param user of the operating system, such as `1000 ada`
/// @param person whose token was presented; absent where none was
public record Signature(String name, String user, Optional<String> person) {
    /// A name without anything that speaks for it.
    public static Signature of(String name) {
        return new Signature(name, "", Optional.empty());
    }

    /// Whether the other was given by somebody else for certain.
    public boolean isAnotherThan(Signature other) {
        if (person.isPresent() && other.person.isPresent()) {
            return !person.equals(other.person);
        }
        return !user.isEmpty() && !other.user.isEmpty() && !user.equals(other.user);
    }

    /// What to say to somebody who is not another.
    String notAnother() {
        return "it was prepared by " + name + (user.isEmpty() ? "" : " as the user " + user)
                + person.map(other -> " with the token of " + other).orElse("")
                + ", and a close needs two people: another user of this machine approves it, or two people prepare and"
                + " approve it with tokens of their own (TACTUS_TOKEN). A second name typed by the same user is not a"
                + " second person";
    }

    Map<String, @Nullable Object> json() {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("by", name);
        json.put("os_user", user.isEmpty() ? null : user);
        json.put("person", person.orElse(null));
        return json;
    }

    /// For a person who reads it: the name, and what it rests on.
    public String words() {
        return person.filter(other -> !Objects.equals(other, name))
                .map(other -> name + " (token of " + other + ")")
                .orElse(name);
    }
}
