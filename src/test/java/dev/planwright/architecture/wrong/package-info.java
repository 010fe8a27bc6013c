/**
 * A project in miniature in which each class breaks a rule of the architecture on purpose: the
 * rules are held against it too, so that none of them can become one that nothing breaks.
 */
package dev.planwright.architecture.wrong;
