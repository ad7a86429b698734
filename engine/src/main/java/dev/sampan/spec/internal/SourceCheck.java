package dev.sampan.spec.internal;

import dev.sampan.spec.Spec;

/// Whether the files and columns a specification names are there.
final class SourceCheck {
    private SourceCheck() {}

    static void check(Spec spec, Reading reading) {}
}
