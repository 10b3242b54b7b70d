package dev.tactus.music.matching;

import java.lang.Character.UnicodeScript;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// The scripts that texts are written in. Kirari and きらり are one name; nothing but a person or an id can tell.
final class UnicodeScripts {
    private UnicodeScripts() {}

    /// Whether both texts have letters, but share no script.
    static boolean differ(String a, String b) {
        Set<UnicodeScript> ofA = of(a);
        Set<UnicodeScript> ofB = of(b);
        return !ofA.isEmpty() && !ofB.isEmpty() && !shares(ofA, ofB);
    }

    /// Whether one text has the words of the other and adds some in a script that the other doesn't use: `Kirari (きらり)`
    /// and `きらり`.
    static boolean agreeWhereBothWrite(List<String> a, List<String> b) {
        Set<UnicodeScript> ofA = of(String.join(" ", a));
        Set<UnicodeScript> ofB = of(String.join(" ", b));
        if (ofA.equals(ofB) || !shares(ofA, ofB)) {
            return false;
        }
        ofA.retainAll(ofB);
        return in(ofA, a).equals(in(ofA, b));
    }

    private static List<String> in(Set<UnicodeScript> scripts, List<String> words) {
        return words.stream()
                .filter(word -> of(word).isEmpty() || shares(of(word), scripts))
                .toList();
    }

    private static boolean shares(Set<UnicodeScript> a, Set<UnicodeScript> b) {
        return a.stream().anyMatch(b::contains);
    }

    private static Set<UnicodeScript> of(String text) {
        Set<UnicodeScript> scripts = EnumSet.noneOf(UnicodeScript.class);
        TextNormalization.fold(text)
                .codePoints()
                .filter(Character::isLetter)
                .mapToObj(UnicodeScript::of)
                .filter(script -> script != UnicodeScript.COMMON && script != UnicodeScript.INHERITED)
                .forEach(scripts::add);
        return scripts;
    }
}
