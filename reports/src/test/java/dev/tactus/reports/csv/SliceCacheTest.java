package dev.tactus.reports.csv;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SliceCacheTest {
    /// Looks up these cells, somewhere in a buffer.
    private static @Nullable Integer find(SliceCache<Integer> cache, int before, List<String> cells) {
        StringBuilder text = new StringBuilder("x".repeat(before));
        int[] stretches = new int[cells.size() * 2];
        for (int i = 0; i < cells.size(); i++) {
            stretches[2 * i] = text.length();
            text.append(cells.get(i));
            stretches[2 * i + 1] = text.length();
            text.append(',');
        }
        return cache.get(text.toString().getBytes(StandardCharsets.ISO_8859_1), stretches, stretches.length);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void findsWhatAMapWouldFindWhateverTheBytesAround(long seed) {
        Random random = new Random(seed);
        SliceCache<Integer> cache = new SliceCache<>(1_000_000, 1 << 30);
        Map<List<String>, Integer> known = new HashMap<>();
        for (int i = 0; i < 8_000; i++) {
            List<String> cells = new ArrayList<>();
            for (int cell = random.nextInt(1, 4); cell > 0; cell--) {
                // short alphabets, so that cells are cut differently and keys come again
                cells.add(random.ints(random.nextInt(20), 'a', 'c')
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString());
            }
            Integer found = find(cache, random.nextInt(9), cells);
            assertThat(found).isEqualTo(known.get(cells));
            if (found == null) {
                cache.put(i);
                known.put(cells, i);
            }
        }
        known.forEach((cells, value) -> assertThat(find(cache, 3, cells)).isEqualTo(value));
    }

    /// Of so many keys some twenty pairs have the same hash, within a form and across forms: a cell must never become
    /// another one.
    @Test
    void tellsKeysOfTheSameHashApart() {
        Random random = new Random(1);
        SliceCache<Integer> cache = new SliceCache<>(1_000_000, 1 << 30);
        byte[] buffer = new byte[9];
        int[][] forms = {{0, 8}, {0, 5, 5, 9}};
        for (int i = 0; i < 400_000; i++) {
            ByteBuffer.wrap(buffer).putInt(i).putInt(random.nextInt());
            int[] form = forms[i % forms.length];
            assertThat(cache.get(buffer, form, form.length)).isNull();
            cache.put(i);
        }
    }

    @Test
    void forgetsAllWhenItIsFullAndGoesOn() {
        SliceCache<Integer> cache = new SliceCache<>(1_500, 1 << 20);
        for (int i = 0; i < 10_000; i++) {
            List<String> key = List.of("key " + i);
            assertThat(find(cache, 0, key)).as("key %s", i).isNull();
            cache.put(i);
            assertThat(find(cache, 0, key)).isEqualTo(i);
        }
        assertThat(find(cache, 0, List.of("key 0"))).isNull();
        assertThat(find(cache, 0, List.of("key 9999"))).isEqualTo(9999);
    }

    @Test
    void forgetsWhenKeysTakeTooManyBytes() {
        SliceCache<Integer> cache = new SliceCache<>(1_000_000, 10_000);
        String kilobyte = "k".repeat(1_000);
        for (int i = 0; i < 50; i++) {
            assertThat(find(cache, 0, List.of(kilobyte + i))).isNull();
            cache.put(i);
        }
        assertThat(find(cache, 0, List.of(kilobyte + 0))).isNull();
        assertThat(find(cache, 0, List.of(kilobyte + 49))).isEqualTo(49);
    }
}
