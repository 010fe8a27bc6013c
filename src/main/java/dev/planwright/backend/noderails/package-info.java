/**
 * NodeRails: product plans with any number of flat prices, each of which never changes its currency
 * and interval. Ownership is a mark in the metadata of plans and prices; nothing is unique there,
 * so every create is journaled.
 */
@NullMarked
package dev.planwright.backend.noderails;

import org.jspecify.annotations.NullMarked;
