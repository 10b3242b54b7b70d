package dev.tactus.digest;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/// The root of a Merkle tree over what is added, leaf by leaf (RFC 6962, 2.1, with SHA-256): one digest that stands for
/// all leaves in their order, and in which each can be shown to stand without the others.
///
/// It keeps one digest for each power of two among the leaves, however many there are. Not thread-safe.
public final class MerkleTree {
    private static final byte[] LEAF = {0};
    private static final byte[] NODE = {1};

    /// The roots of whole subtrees, the largest and leftmost first.
    private final Deque<Sha256> peaks = new ArrayDeque<>();
    private long leaves;

    public void add(byte[] leaf) {
        Sha256 root = new Sha256Stream().update(LEAF).update(leaf).digest();
        // as many subtrees end here as the number of leaves so far ends in ones
        for (long before = leaves; (before & 1) == 1; before >>= 1) {
            root = node(peaks.removeLast(), root);
        }
        peaks.addLast(root);
        leaves++;
    }

    public void add(String leaf) {
        add(leaf.getBytes(StandardCharsets.UTF_8));
    }

    public long leaves() {
        return leaves;
    }

    /// The root of what was added so far; of nothing, the digest of nothing.
    public Sha256 root() {
        if (peaks.isEmpty()) {
            return Sha256.of(new byte[0]);
        }
        Iterator<Sha256> smallestFirst = peaks.descendingIterator();
        Sha256 root = smallestFirst.next();
        while (smallestFirst.hasNext()) {
            root = node(smallestFirst.next(), root);
        }
        return root;
    }

    private static Sha256 node(Sha256 left, Sha256 right) {
        return new Sha256Stream()
                .update(NODE)
                .update(bytes(left))
                .update(bytes(right))
                .digest();
    }

    private static byte[] bytes(Sha256 digest) {
        return ByteBuffer.allocate(32)
                .putLong(digest.first())
                .putLong(digest.second())
                .putLong(digest.third())
                .putLong(digest.fourth())
                .array();
    }
}
