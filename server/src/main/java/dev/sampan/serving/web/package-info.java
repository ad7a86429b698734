/// What serving shows on a model's page: where it answers.
@NullMarked
package dev.sampan.serving.web;

import org.jspecify.annotations.NullMarked;
