package dev.planwright.backend;

/**
 * The only way to a backend. Each call passes the account's rate limit and breaker, carries the
 * key, and never follows a redirect.
 */
public interface ApiClient {
  /**
   * Sends one request and waits for its answer.
   *
   * @return any answer with a 2xx or 4xx status, 401 and 429 excepted; JSON or empty
   * @throws BackendException for everything else; see its kinds
   */
  ApiResponse send(ApiRequest request);
}
