package dev.sampan.harness;

import java.util.Arrays;
import java.util.List;

/// Seeds of a measurement, `seeds=1,2` among its arguments or its own, and the arguments that are left: overrides of
/// its specification.
record Seeds(long[] values, List<String> overrides) {
    private static final String NAME = "seeds=";

    static Seeds of(List<String> arguments, long... usual) {
        long[] named = arguments.stream()
                .filter(each -> each.startsWith(NAME))
                .flatMap(each -> Arrays.stream(each.substring(NAME.length()).split(",")))
                .mapToLong(Long::parseLong)
                .toArray();
        return new Seeds(
                named.length == 0 ? usual : named,
                arguments.stream().filter(each -> !each.startsWith(NAME)).toList());
    }
}
