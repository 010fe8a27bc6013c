package dev.planwright.backend.http;

import java.util.Optional;

/**
 * What is there.
 *
 * @param remote the plan, where there is one
 * @param references what the account knows, as far as it was asked for
 * @param capabilities what the server can do, once it was asked
 */
public record HttpWorld(
    Optional<RemotePlan> remote,
    References references,
    Optional<ServerCapabilities> capabilities) {}
