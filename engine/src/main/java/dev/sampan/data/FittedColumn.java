package dev.sampan.data;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.sampan.data.NamedTensors.Declared;
import dev.sampan.data.NamedTensors.Values;
import java.util.List;

/// One input column with what was fitted on its training rows. Each kind is a record that Jackson writes into
/// `features.json` under its `kind`.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = NumberColumn.class, name = "number"),
    @JsonSubTypes.Type(value = OneHotColumn.class, name = "one_hot"),
    @JsonSubTypes.Type(value = OrdinalColumn.class, name = "ordinal"),
    @JsonSubTypes.Type(value = IndexColumn.class, name = "index"),
    @JsonSubTypes.Type(value = HashColumn.class, name = "hash"),
    @JsonSubTypes.Type(value = TargetColumn.class, name = "target"),
    @JsonSubTypes.Type(value = DateColumn.class, name = "date"),
    @JsonSubTypes.Type(value = ImageColumn.class, name = "image"),
    @JsonSubTypes.Type(value = OptionalImageColumn.class, name = "optional_image"),
    @JsonSubTypes.Type(value = LinksColumn.class, name = "links"),
    @JsonSubTypes.Type(value = NgramColumn.class, name = "ngrams")
})
public sealed interface FittedColumn {
    /// Name of the input column.
    String name();

    /// A value that stands for any.
    String example();

    /// A column whose values become numbers beside those of the other columns, in the tensor
    /// [ColumnFeatures#NUMBERS].
    non-sealed interface Numbers extends FittedColumn {
        /// How many numbers one value becomes, at least 1.
        int width();

        /// Writes [#width] numbers.
        ///
        /// @param value as written; empty when missing
        /// @throws dev.sampan.kernel.ProblemException `input.invalid`
        void fill(String value, float[] target, int at);
    }

    /// A column whose values become one index each, in the tensor [ColumnFeatures#CATEGORIES].
    non-sealed interface Index extends FittedColumn {
        /// Indexes are 0 to this, exclusive.
        int size();

        /// @param value as written; empty when missing
        int index(String value);
    }

    /// A column with tensors of its own, named after it.
    non-sealed interface Own extends FittedColumn {
        List<Declared> tensors();

        /// @param values one for each row, as written; empty when missing
        /// @return in the order of [#tensors]
        List<Values> encode(List<String> values);
    }
}
