package dev.tactus.serve.actions;

import dev.tactus.serve.http.PageProblem;
import dev.tactus.serve.signin.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A form, and the command that its fields become.
///
/// @param name its path
/// @param role who may send it
/// @param fields in their order; one that ends with a question mark may stay empty
/// @param words of the command, with fields in braces, and `{by}` for who sends it; a word whose field is empty is left
/// out
/// @param back the list it belongs to
public record ActionForm(String name, Role role, List<String> fields, List<String> words, String back) {
    private static final Pattern FIELD = Pattern.compile("\\{([a-z_]+)\\}");

    /// A word that begins with a dash or an at sign would be an option or a file of options.
    private static final Pattern HARMLESS = Pattern.compile("[^-@\\p{Cntrl}][^\\p{Cntrl}]*");

    private static final int LONGEST = 2_000;

    static ActionForm of(String name, Role role, String fields, String back, String... words) {
        return new ActionForm(name, role, List.of(fields.split(" ", -1)), List.of(words), back);
    }

    /// The command, as somebody at a keyboard would write it.
    ///
    /// @param by who sends the form
    /// @throws PageProblem if a field is empty that must not be, or can't be part of a command
    public List<String> command(Map<String, String> sent, String by) {
        for (String field : fields) {
            String value = sent.getOrDefault(plain(field), "").strip();
            if (value.isEmpty() && !isOptional(field)) {
                throw new PageProblem(400, plain(field).replace('_', ' ') + " is missing");
            }
            if (value.length() > LONGEST) {
                throw new PageProblem(400, plain(field).replace('_', ' ') + " is longer than " + LONGEST);
            }
        }
        List<String> command = new ArrayList<>();
        for (String word : words) {
            Matcher field = FIELD.matcher(word);
            if (!field.find()) {
                command.add(word);
                continue;
            }
            String value = field.group(1).equals("by")
                    ? by
                    : sent.getOrDefault(field.group(1), "").strip();
            if (value.isEmpty()) {
                continue;
            }
            // alone it stands where an option might; behind an equals sign it can be nothing but a value
            if (field.start() == 0 && !HARMLESS.matcher(value).matches()) {
                throw new PageProblem(400, field.group(1).replace('_', ' ') + ": this can't be one");
            }
            command.add(word.substring(0, field.start()) + value + word.substring(field.end()));
        }
        return command;
    }

    static String plain(String field) {
        return isOptional(field) ? field.substring(0, field.length() - 1) : field;
    }

    static boolean isOptional(String field) {
        return field.endsWith("?");
    }
}
