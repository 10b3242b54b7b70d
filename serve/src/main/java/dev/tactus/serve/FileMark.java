package dev.tactus.serve;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.function.Supplier;

/// A text that differs when one of these files does: their sizes and times of change.
record FileMark(List<Path> files) implements Supplier<String> {
    @Override
    public String get() {
        StringBuilder mark = new StringBuilder();
        for (Path file : files) {
            try {
                BasicFileAttributes known = Files.readAttributes(file, BasicFileAttributes.class);
                mark.append(known.size())
                        .append('@')
                        .append(known.lastModifiedTime())
                        .append(';');
            } catch (IOException e) {
                mark.append("none;");
            }
        }
        return mark.toString();
    }
}
