package dev.tactus.limits.learning;

import java.util.Arrays;

/// The latest answers of one scope in the order in which the calls probably arrived: what a limit has to explain.
///
/// A call arrived somewhere between its sending and its answer; half-way is the guess. Keeps up to
/// [Tunables#EVIDENCE_CALLS] calls.
/// Nanoseconds. Not thread-safe.
final class AnswerHistory {
    private long[] sent = new long[64];
    private long[] ended = new long[64];
    private boolean[] accepted = new boolean[64];
    private int size;
    private int dropped;
    private int evidence;

    // What was found out since the last answer; explanations ask hundreds of times.
    private int[] around = new int[0];
    private boolean aroundIsNew;

    void add(long sentAt, long endedAt, boolean wasAccepted) {
        if (size == Tunables.EVIDENCE_CALLS) {
            forgetFirst(Tunables.EVIDENCE_CALLS / 2);
        }
        if (size == sent.length) {
            sent = Arrays.copyOf(sent, 2 * size);
            ended = Arrays.copyOf(ended, 2 * size);
            accepted = Arrays.copyOf(accepted, 2 * size);
        }
        insert(placeOf(sentAt + (endedAt - sentAt) / 2), sentAt, endedAt, wasAccepted);
    }

    /// Answers overtake each other by little, so that the place is near the end.
    private int placeOf(long arrival) {
        int place = size;
        while (place > 0 && arrival(place - 1) > arrival) {
            place--;
        }
        return place;
    }

    private void insert(int place, long sentAt, long endedAt, boolean wasAccepted) {
        System.arraycopy(sent, place, sent, place + 1, size - place);
        System.arraycopy(ended, place, ended, place + 1, size - place);
        System.arraycopy(accepted, place, accepted, place + 1, size - place);
        sent[place] = sentAt;
        ended[place] = endedAt;
        accepted[place] = wasAccepted;
        size++;
        evidence += place < evidence ? 1 : 0;
        aroundIsNew = false;
    }

    private void forgetFirst(int count) {
        dropped += count;
        evidence = Math.max(0, evidence - count);
        size -= count;
        System.arraycopy(sent, count, sent, 0, size);
        System.arraycopy(ended, count, ended, 0, size);
        System.arraycopy(accepted, count, accepted, 0, size);
    }

    int size() {
        return size;
    }

    /// Whether nothing before the first call was forgotten.
    boolean complete() {
        return dropped == 0;
    }

    /// Whatever has been answered so far still counts, but proves nothing any more: the limit has moved.
    void disregard() {
        evidence = size;
    }

    /// How long answers have been proving something.
    long evidenceNanos(long now) {
        return evidence == size ? 0 : now - sent[evidence];
    }

    /// Whether the answer at that place proves anything.
    boolean testifies(int place) {
        return place >= evidence;
    }

    /// The first answer that proves anything.
    int firstTestimony() {
        return evidence;
    }

    /// How many calls were refused from that place on.
    int refusedFrom(int from) {
        int refused = 0;
        for (int place = from; place < size; place++) {
            refused += accepted[place] ? 0 : 1;
        }
        return refused;
    }

    /// How long the call at that place was under way.
    long trip(int place) {
        return ended[place] - sent[place];
    }

    /// When the call at that place probably arrived.
    long arrival(int place) {
        return sent[place] + (ended[place] - sent[place]) / 2;
    }

    boolean accepted(int place) {
        return accepted[place];
    }

    /// How many other calls a call had under way beside it lately, at most.
    int crowd() {
        int most = 0;
        for (int place = Math.max(0, size - Tunables.RECENT_CALLS); place < size; place++) {
            most = Math.max(most, around(place));
        }
        return most;
    }

    /// How many other calls probably arrived while this one was under way: what is not certain about a count at its
    /// arrival.
    int around(int place) {
        if (!aroundIsNew) {
            around = around.length < size ? new int[sent.length] : around;
            Arrays.fill(around, 0, size, -1);
            aroundIsNew = true;
        }
        if (around[place] < 0) {
            around[place] = countAround(place);
        }
        return around[place];
    }

    private int countAround(int place) {
        int count = 0;
        for (int other = place - 1; other >= 0 && arrival(other) > sent[place]; other--) {
            count++;
        }
        for (int other = place + 1; other < size && arrival(other) < ended[place]; other++) {
            count++;
        }
        return count;
    }
}
