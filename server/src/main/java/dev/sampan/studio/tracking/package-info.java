/// Tracking: experiments, runs with their metrics, parameters, tags, inputs and artifacts, whoever logged them: a
/// training program anywhere, by MLflow's client, or the studio's own runs. In: what was measured, one batch at a time.
/// Out: lists and searches that read no history. A point once logged is never changed; a parameter neither.
///
/// Words and limits are MLflow's, since its clients are the ones who speak here.
@NamedInterface("tracking")
@NullMarked
package dev.sampan.studio.tracking;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
