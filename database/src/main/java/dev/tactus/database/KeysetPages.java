package dev.tactus.database;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// Rows of a query read page by page, so that neither memory nor a long reading transaction is held.
public final class KeysetPages<T> implements Iterable<T> {
    private final Function<Optional<T>, List<T>> next;

    /// @param next the page after a row, or the first page; an empty one is the last
    public KeysetPages(Function<Optional<T>, List<T>> next) {
        this.next = next;
    }

    /// The same rows, to be taken once.
    public Stream<T> stream() {
        return StreamSupport.stream(spliterator(), false);
    }

    @Override
    public Iterator<T> iterator() {
        return new Iterator<>() {
            private final Queue<T> page = new ArrayDeque<>();
            private Optional<T> last = Optional.empty();
            private boolean ended;

            @Override
            public boolean hasNext() {
                if (page.isEmpty() && !ended) {
                    page.addAll(next.apply(last));
                    ended = page.isEmpty();
                }
                return !ended;
            }

            @Override
            public T next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                T row = page.remove();
                last = Optional.of(row);
                return row;
            }
        };
    }
}
