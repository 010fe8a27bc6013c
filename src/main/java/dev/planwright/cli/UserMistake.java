package dev.planwright.cli;

/** Something that the person at the keyboard can mend: told in one line, without a stack trace. */
final class UserMistake extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UserMistake(String message) {
    super(message);
  }

  UserMistake(String message, Throwable cause) {
    super(message, cause);
  }
}
