package dev.sampan.data;

/// A value out of a row, fit for a line of text.
final class Shown {
    private static final int LENGTH = 40;

    private Shown() {}

    static String of(String value) {
        String line = value.replaceAll("\\p{Cntrl}", " ");
        return line.length() <= LENGTH ? line : line.substring(0, LENGTH) + "…";
    }
}
