/// What a person wants to know of data before anything is learnt from it: kinds of columns, gaps,
/// distributions, repetitions, columns that give the answer away, labels that look wrong. One pass over the
/// rows in bounded memory; what needs rows side by side is done on a fair sample, and the profile says how
/// large it was.
@NamedInterface("profile")
@NullMarked
package dev.sampan.data.profile;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
