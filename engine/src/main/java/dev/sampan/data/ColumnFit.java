package dev.sampan.data;

import dev.sampan.data.ColumnFitting.Answered;
import java.util.List;

/// One column being fitted: training rows go by once, then what was learnt is asked for.
sealed interface ColumnFit permits NumberFit, CategoryFit, DateFit {
    /// For [#fitted]: all rows count.
    int ALL = -1;

    /// @param value as written; empty when missing
    void add(String value, Answered answered);

    /// @param withoutFold a fold whose answers are left out, or [#ALL]
    FittedColumn fitted(int withoutFold);

    /// Whether [#fitted] looks at what the rows answer, so that folds differ.
    default boolean looksAtAnswers() {
        return false;
    }

    /// What people should know about the column.
    List<String> notes();
}
