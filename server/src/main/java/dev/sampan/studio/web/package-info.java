/// Pages of studio: the list of runs, and one run live, stage by stage.
@NullMarked
package dev.sampan.studio.web;

import org.jspecify.annotations.NullMarked;
