/// Charts drawn on the server: figures → [Chart], an SVG picture with title and description and the same
/// figures as a
/// table. Pure functions; colours come from the style sheet, so one picture serves light, dark and print.
@NamedInterface("svg")
@NullMarked
package dev.sampan.shell.svg;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
