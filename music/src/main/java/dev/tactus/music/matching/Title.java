package dev.tactus.music.matching;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The title of a recording as somebody writes it. Comparing is symmetric.
///
/// Services and labels write one title in many ways: `Song (Remastered 2011)` and `Song - 2011 Remaster`, `Song` and
/// `Song (feat. Guest)`. Which of those matter, and how much, is what [#likeness] tells.
public record Title(String text) {
    /// Longer ones are no titles; looking for their parts could take for ever.
    private static final int LONGEST = 500;

    private static final String GUEST_WORD = "(?:feat|ft|featuring)\\b\\.?\\s*";
    private static final Pattern BRACKETED_GUEST =
            Pattern.compile("[(\\[]\\s*(?:" + GUEST_WORD + "|with\\s+)([^()\\[\\]]+)[)\\]]", Pattern.CASE_INSENSITIVE);
    private static final Pattern OPEN_GUEST = Pattern.compile(
            "\\s" + GUEST_WORD + "([^()\\[\\]]+?)(?=\\s[-–—]\\s|\\s*[(\\[]|$)", Pattern.CASE_INSENSITIVE);
    private static final Pattern VERSION = Pattern.compile("(\\s[-–—]\\s.*|\\s*[(\\[][^()\\[\\]]*[)\\]])\\s*$");

    /// How alike two titles are.
    public Similarity likeness(Title other) {
        if (equals(other)
                || TextNormalization.fold(TextNormalization.spellAnd(text))
                        .equals(TextNormalization.fold(TextNormalization.spellAnd(other.text)))) {
            return Similarity.SAME;
        }
        Parts mine = parts();
        Parts theirs = other.parts();
        if (mine.sameWords(theirs)) {
            return Similarity.SPELLING;
        }
        if (mine.sameCore(theirs)) {
            return mine.version().equals(theirs.version()) ? Similarity.SPELLING : Similarity.PARTIAL;
        }
        if (UnicodeScripts.differ(text, other.text)
                || UnicodeScripts.agreeWhereBothWrite(mine.words(), theirs.words())) {
            return Similarity.OTHER_SCRIPT;
        }
        return overlapLargely(mine.words(), theirs.words()) ? Similarity.PARTIAL : Similarity.DIFFERENT;
    }

    /// Whether one holds all of the other, or they share at least half of the larger.
    private static boolean overlapLargely(Collection<String> a, Collection<String> b) {
        Set<String> all = new HashSet<>(a);
        Set<String> others = new HashSet<>(b);
        if (all.isEmpty() || others.isEmpty()) {
            return false;
        }
        int larger = Math.max(all.size(), others.size());
        int smaller = Math.min(all.size(), others.size());
        all.retainAll(others);
        return all.size() == smaller || 2 * all.size() >= larger;
    }

    /// The guests a title names: `Song (feat. A & B)` names `A & B`.
    public List<String> guests() {
        if (text.length() > LONGEST) {
            return List.of();
        }
        List<String> guests = new ArrayList<>();
        for (Pattern pattern : List.of(BRACKETED_GUEST, OPEN_GUEST)) {
            Matcher matcher = pattern.matcher(text);
            while (matcher.find()) {
                guests.add(matcher.group(1).strip());
            }
        }
        return List.copyOf(guests);
    }

    private Parts parts() {
        if (text.length() > LONGEST) {
            List<String> words = TextNormalization.words(text);
            return new Parts(words, words, words, List.of());
        }
        String song = OPEN_GUEST
                .matcher(BRACKETED_GUEST.matcher(text).replaceAll(" "))
                .replaceAll(" ")
                .strip();
        String core = song;
        Matcher version = VERSION.matcher(core);
        while (version.find() && version.start() > 0) {
            core = core.substring(0, version.start());
            version = VERSION.matcher(core);
        }
        return new Parts(
                TextNormalization.words(text),
                TextNormalization.words(song),
                TextNormalization.words(core),
                TextNormalization.words(song.substring(core.length())));
    }

    /// @param words all of them
    /// @param song without guests
    /// @param core without guests and version
    /// @param suffix the words of the version
    private record Parts(List<String> words, List<String> song, List<String> core, List<String> suffix) {
        boolean sameWords(Parts other) {
            return same(words, other.words) || same(song, other.song);
        }

        boolean sameCore(Parts other) {
            return same(core, other.core);
        }

        /// The words of the version in no order: `2011 Remaster` is `Remastered 2011`.
        Set<String> version() {
            return suffix.stream()
                    .map(word -> word.equals("remastered") ? "remaster" : word)
                    .collect(Collectors.toCollection(TreeSet::new));
        }

        private static boolean same(List<String> a, List<String> b) {
            return !a.isEmpty() && String.join("", a).equals(String.join("", b));
        }
    }
}
