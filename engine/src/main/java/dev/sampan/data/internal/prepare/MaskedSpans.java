package dev.sampan.data.internal.prepare;

import dev.sampan.data.Spans.Span;
import dev.sampan.privacy.PersonalDataMask;
import dev.sampan.spec.CleanStep;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Masks personal data in a text whose spans are marked, and moves the spans to where their words are now.
///
/// A span behind what was replaced moves by the difference in length. One that begins or ends within it, or lies in
/// it, reaches to its borders: half of a mask is nothing. Where one mask swallows parts of two spans, which then
/// would lie over each other, the later one goes, and is counted.
final class MaskedSpans {
    private final List<PersonalDataMask> masks = new ArrayList<>();
    private long swallowed;

    /// @param steps of which those are taken that mask
    MaskedSpans(List<CleanStep> steps) {
        for (CleanStep step : steps) {
            if (step instanceof CleanStep.Mask(var kinds, var style, var salt)) {
                masks.add(new PersonalDataMask(Set.copyOf(kinds), style, salt));
            }
        }
    }

    /// A text with its spans.
    record Marked(String text, List<Span> spans) {}

    Marked mask(String text, List<Span> spans) {
        String now = text;
        int[] starts = spans.stream().mapToInt(Span::start).toArray();
        int[] ends = spans.stream().mapToInt(Span::end).toArray();
        for (String before = ""; !now.equals(before); ) { // until nothing is found, as the cleaner does
            before = now;
            for (PersonalDataMask mask : masks) {
                now = mask.mask(now, (at, length, instead) -> move(starts, ends, at, length, instead))
                        .text();
            }
        }
        return new Marked(now, now.equals(text) ? spans : apart(spans, starts, ends));
    }

    private static void move(int[] starts, int[] ends, int at, int length, int instead) {
        for (int i = 0; i < starts.length; i++) {
            if (starts[i] >= at + length) {
                starts[i] += instead - length;
            } else if (starts[i] > at) {
                starts[i] = at;
            }
            if (ends[i] >= at + length) {
                ends[i] += instead - length;
            } else if (ends[i] > at) {
                ends[i] = at + instead;
            }
        }
    }

    private List<Span> apart(List<Span> spans, int[] starts, int[] ends) {
        List<Span> apart = new ArrayList<>(spans.size());
        for (int i = 0; i < starts.length; i++) {
            boolean free = ends[i] > starts[i];
            for (int j = 0; j < i; j++) {
                boolean overlapped = spans.get(i).start() < spans.get(j).end();
                free &= overlapped || starts[i] >= ends[j];
            }
            if (free) {
                apart.add(new Span(starts[i], ends[i], spans.get(i).label()));
            } else {
                swallowed++;
            }
        }
        return apart;
    }

    /// Spans that went because one mask covers them and another.
    long swallowed() {
        return swallowed;
    }
}
