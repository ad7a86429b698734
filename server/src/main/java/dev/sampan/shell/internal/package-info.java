/// How the shell does it: languages, templates, assets, security, problems, live events.
@NullMarked
package dev.sampan.shell.internal;

import org.jspecify.annotations.NullMarked;
