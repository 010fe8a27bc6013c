package dev.planwright.sandbox;

import java.nio.file.Path;
import java.time.Clock;
import java.time.InstantSource;
import java.util.Optional;

/**
 * How a sandbox is set up.
 *
 * @param host where to listen; loopback unless somebody asked for more
 * @param port 0: the system chooses
 * @param database where plans are kept; empty: in memory, gone when it is closed
 * @param apiKey what clients send as {@code Authorization: Bearer}; never logged
 * @param accountId what {@code GET /} answers as the account's id
 * @param accountName what it answers as the account's name
 * @param environment {@code Sandbox} or {@code Production}
 * @param clock gives the times of changes
 * @param ids gives the ids
 */
public record SandboxOptions(
    String host,
    int port,
    Optional<Path> database,
    String apiKey,
    String accountId,
    String accountName,
    String environment,
    InstantSource clock,
    IdSource ids) {

  /** In memory, on loopback, port chosen by the system, key {@code sandbox}. */
  public static SandboxOptions inMemory() {
    return new SandboxOptions(
        "127.0.0.1",
        0,
        Optional.empty(),
        "sandbox",
        "acct_sandbox",
        "Sandbox",
        "Sandbox",
        Clock.systemUTC(),
        IdSource.random());
  }

  public SandboxOptions withHost(String newHost) {
    return new SandboxOptions(
        newHost, port, database, apiKey, accountId, accountName, environment, clock, ids);
  }

  public SandboxOptions withPort(int newPort) {
    return new SandboxOptions(
        host, newPort, database, apiKey, accountId, accountName, environment, clock, ids);
  }

  public SandboxOptions withDatabase(Path file) {
    return new SandboxOptions(
        host, port, Optional.of(file), apiKey, accountId, accountName, environment, clock, ids);
  }

  public SandboxOptions withApiKey(String newKey) {
    return new SandboxOptions(
        host, port, database, newKey, accountId, accountName, environment, clock, ids);
  }

  public SandboxOptions withAccount(String id, String name) {
    return new SandboxOptions(host, port, database, apiKey, id, name, environment, clock, ids);
  }

  public SandboxOptions withEnvironment(String newEnvironment) {
    return new SandboxOptions(
        host, port, database, apiKey, accountId, accountName, newEnvironment, clock, ids);
  }

  public SandboxOptions withClock(InstantSource newClock) {
    return new SandboxOptions(
        host, port, database, apiKey, accountId, accountName, environment, newClock, ids);
  }

  public SandboxOptions withIds(IdSource newIds) {
    return new SandboxOptions(
        host, port, database, apiKey, accountId, accountName, environment, clock, newIds);
  }

  /** Without the key, which is a secret. */
  @Override
  public String toString() {
    return "SandboxOptions[" + host + ":" + port + ", account " + accountId + "]";
  }
}
