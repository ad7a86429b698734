package dev.sampan.network.adversarial;

import java.util.List;

/// Sizes of the networks over rows of a table.
///
/// @param blocks of a row, in order
/// @param hiddenSizes dense layers of both networks
/// @param labels that samples are made for, 0 for none
public record TableShape(List<Block> blocks, List<Integer> hiddenSizes, int labels) {
    /// Neighbouring numbers of a row.
    ///
    /// @param choice whether they are shares of choices, which add up to 1, or numbers on their own
    public record Block(int width, boolean choice) {}

    public TableShape {
        blocks = List.copyOf(blocks);
        hiddenSizes = List.copyOf(hiddenSizes);
    }

    /// Numbers of a row.
    int width() {
        return blocks.stream().mapToInt(Block::width).sum();
    }

    /// Those that are shares of choices.
    int choices() {
        return blocks.stream().filter(Block::choice).mapToInt(Block::width).sum();
    }
}
