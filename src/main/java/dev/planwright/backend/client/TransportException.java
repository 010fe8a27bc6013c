package dev.planwright.backend.client;

/** No answer came. Carries neither a cause nor a stack: either could quote a header. */
public final class TransportException extends Exception {
  private static final long serialVersionUID = 1L;

  private final boolean sent;

  /**
   * @param sent whether the backend may have got the request; when in doubt, true
   * @param message what happened, for people; holds no header and no body
   */
  public TransportException(boolean sent, String message) {
    super(message, null, false, false);
    this.sent = sent;
  }

  /** Whether the backend may have got the request. When false, nothing can have been done. */
  public boolean isSent() {
    return sent;
  }

  /** What happened, for people. */
  public String text() {
    String message = getMessage();
    return message == null ? "no answer" : message;
  }
}
