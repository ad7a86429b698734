package dev.sampan.studio.tracking.query;

/// The least piece of a filter.
///
/// @param text without quotes
/// @param at position of its first letter, from 0
record Token(Kind kind, String text, int at) {
    enum Kind {
        /// Bare: a key, an entity or a word such as AND.
        WORD,
        /// In back quotes or double quotes: a key, or a value where a value is expected.
        QUOTED,
        /// In single quotes: a value.
        STRING,
        NUMBER,
        /// A comparison, a dot, a comma, a parenthesis.
        SIGN,
        END
    }

    boolean is(String sign) {
        return kind == Kind.SIGN && text.equals(sign);
    }

    boolean isWord(String word) {
        return kind == Kind.WORD && text.equalsIgnoreCase(word);
    }

    @Override
    public String toString() {
        return kind == Kind.END ? "the end" : "'" + text + "' at position " + (at + 1);
    }
}
