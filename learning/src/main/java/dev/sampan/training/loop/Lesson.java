package dev.sampan.training.loop;

import dev.sampan.network.Network;
import dev.sampan.network.Objective;
import org.jspecify.annotations.Nullable;

/// Who learns what from which rows.
///
/// @param validation null when there are no such rows
/// @param examiner judges the answers to them
public record Lesson(
        Network network,
        Objective objective,
        Examples train,
        @Nullable Examples validation,
        Examiner examiner) {}
