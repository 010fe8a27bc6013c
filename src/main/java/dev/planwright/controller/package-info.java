/** Kubernetes in, Kubernetes out: reconcilers, conditions, events, and who is woken by what. */
@NullMarked
package dev.planwright.controller;

import org.jspecify.annotations.NullMarked;
