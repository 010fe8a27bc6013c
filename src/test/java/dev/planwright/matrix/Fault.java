package dev.planwright.matrix;

import dev.planwright.matrix.Boundary.Kind;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What goes wrong at a boundary. */
enum Fault {
  /** The process dies before the call is sent. */
  DIES_BEFORE_SEND(true, Kind.CALL),
  /** The server did it, the answer is lost, and the process dies. */
  DONE_AND_DIES(true, Kind.CALL),
  /** The server did it and the answer is lost. */
  DONE_AND_ANSWER_LOST(false, Kind.CALL),
  /** Nothing arrived, and nobody can tell. */
  NEVER_ARRIVED(false, Kind.CALL),
  /** The process dies; the request lands just before the next call that changes something. */
  LATE_BEFORE_NEXT_WRITE_AND_DIES(true, Kind.CALL),
  /** The process dies; the request lands just after the next call that changes something. */
  LATE_AFTER_NEXT_WRITE_AND_DIES(true, Kind.CALL),
  /** The process dies; the request lands when everything has come to rest. */
  LATE_AT_REST_AND_DIES(true, Kind.CALL),
  /** No answer; the request lands just before the next call that changes something. */
  LATE_BEFORE_NEXT_WRITE(false, Kind.CALL),
  /** No answer; the request lands just after the next call that changes something. */
  LATE_AFTER_NEXT_WRITE(false, Kind.CALL),
  /** No answer; the request lands when everything has come to rest. */
  LATE_AT_REST(false, Kind.CALL),
  /** 500, and it was done. */
  ERROR_AFTER_COMMIT(false, Kind.CALL),
  /** 500, and nothing was done. */
  ERROR_WITHOUT_COMMIT(false, Kind.CALL),
  /** Done and answered; reads show the state before it for a while. */
  READS_LAG(false, Kind.CALL),
  /** Done, the process dies, and reads show the state before it for a while. */
  READS_LAG_AND_DIES(true, Kind.CALL),
  /** Somebody changed the object since it was read: 409. */
  WRITE_REFUSED(false, Kind.JOURNAL, Kind.END),
  /** The process dies before the write. */
  DIES_BEFORE_WRITE(true, Kind.JOURNAL, Kind.END),
  /** The write is done, and the process dies. */
  DIES_AFTER_WRITE(true, Kind.JOURNAL, Kind.END),
  /** The write is done, and the next run reads the status of before from a stale cache. */
  STALE_CACHE(false, Kind.JOURNAL, Kind.END),
  /** The write is done, the process dies, and the next one reads a stale cache. */
  STALE_CACHE_AND_DIES(true, Kind.JOURNAL, Kind.END);

  private final boolean deadly;
  private final Set<Kind> kinds;

  Fault(boolean deadly, Kind kind, Kind... more) {
    this.deadly = deadly;
    this.kinds = EnumSet.of(kind, more);
  }

  /** Whether the process dies of it. */
  boolean isDeadly() {
    return deadly;
  }

  /** Whether the request is under way for a while, and lands later. */
  boolean isLate() {
    return name().startsWith("LATE_");
  }

  /** Whether reads are behind for a while. */
  boolean isLag() {
    return name().startsWith("READS_LAG");
  }

  static List<Fault> of(Kind kind) {
    return Stream.of(values()).filter(fault -> fault.kinds.contains(kind)).toList();
  }
}
