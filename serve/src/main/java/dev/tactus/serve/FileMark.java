package dev.tactus.serve;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.function.Supplier;

/// A text that differs when one of these files does, by size or time of change, or what is in no file.
record FileMark(List<Path> files, Supplier<String> other) implements Supplier<String> {
    @Override
    public String get() {
        StringBuilder mark = new StringBuilder(other.get()).append(';');
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
