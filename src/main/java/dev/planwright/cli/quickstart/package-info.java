/**
 * The main job with nothing else installed: an embedded API server, the sandbox billing system, the
 * real reconcilers and a directory of manifests that is watched.
 */
@NullMarked
package dev.planwright.cli.quickstart;

import org.jspecify.annotations.NullMarked;
