package dev.sampan.data.image;

/// A file is no picture, a damaged one, or one too large to be decoded; the message is a sentence's end that says so,
/// such as `it is damaged`.
public final class UnreadablePicture extends Exception {
    private static final long serialVersionUID = 1;

    public UnreadablePicture(String sentence) {
        super(sentence);
    }

    UnreadablePicture(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
