package dev.sampan.data.internal.prepare;

import dev.sampan.data.Split;

/// Which rows are kept, and where each goes.
interface Sides {
    boolean kept(int row);

    /// Of a kept row.
    Split split(int row);
}
