package dev.tactus.limits.learning;

import java.util.Arrays;

/// How many other calls were under way when each call of a history arrived. Immutable.
final class FlightCounts {
    // In ascending order.
    private final int[] accepted;
    private final int[] refused;

    private FlightCounts(int[] accepted, int[] refused) {
        this.accepted = accepted;
        this.refused = refused;
    }

    static FlightCounts of(AnswerHistory history) {
        int size = history.size();
        long[] sent = new long[size];
        long[] ended = new long[size];
        for (int place = 0; place < size; place++) {
            sent[place] = history.arrival(place) - history.trip(place) / 2;
            ended[place] = sent[place] + history.trip(place);
        }
        Arrays.sort(sent);
        Arrays.sort(ended);
        int[] accepted = new int[size];
        int[] refused = new int[size];
        int yes = 0;
        int no = 0;
        for (int place = 0; place < size; place++) {
            long arrival = history.arrival(place);
            int others = upTo(sent, arrival) - upTo(ended, arrival) - 1;
            if (history.accepted(place)) {
                accepted[yes++] = others;
            } else {
                refused[no++] = others;
            }
        }
        accepted = Arrays.copyOf(accepted, yes);
        refused = Arrays.copyOf(refused, no);
        Arrays.sort(accepted);
        Arrays.sort(refused);
        return new FlightCounts(accepted, refused);
    }

    /// How many of these sorted moments are no later.
    private static int upTo(long[] moments, long moment) {
        int place = Arrays.binarySearch(moments, moment);
        if (place < 0) {
            return -place - 1;
        }
        while (place < moments.length && moments[place] == moment) {
            place++;
        }
        return place;
    }

    /// The least that any refused call had beside it; 0 if none was refused.
    int fewestBesideRefused() {
        return refused.length == 0 ? 0 : refused[0];
    }

    /// The share of accepted calls that had at least as many beside them.
    double acceptedBeside(int others) {
        int fewer = 0;
        while (fewer < accepted.length && accepted[fewer] < others) {
            fewer++;
        }
        return (accepted.length - fewer + 1) / (double) (accepted.length + 1);
    }
}
