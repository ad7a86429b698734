package dev.sampan.privacy.internal;

/// Names of persons, Chinese and English.
final class Names {
    private Names() {}

    static void scan(Scan scan) {
        ChineseNames.scan(scan);
        EnglishNames.scan(scan);
    }
}
