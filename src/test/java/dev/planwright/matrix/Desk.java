package dev.planwright.matrix;

import dev.planwright.catalog.Reason;
import dev.planwright.sync.Memory;
import dev.planwright.sync.Outcome;
import dev.planwright.sync.StatusStore;
import dev.planwright.sync.SyncResult;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The Plan object on the API server: its status with every version it ever had. */
final class Desk {
  /**
   * What status says.
   *
   * @param ready the condition
   * @param reason why not; empty when ready
   * @param pendingHash what the approve annotation has to name
   */
  record Status(Memory memory, boolean ready, Optional<Reason> reason, String pendingHash) {
    static final Status EMPTY = new Status(Memory.EMPTY, false, Optional.empty(), "");

    static Status of(SyncResult result) {
      return new Status(
          result.memory(),
          result.outcome() instanceof Outcome.Done,
          reason(result.outcome()),
          result.pendingHash());
    }

    private static Optional<Reason> reason(Outcome outcome) {
      return switch (outcome) {
        case Outcome.Done done -> Optional.empty();
        case Outcome.Inexpressible inexpressible -> Optional.of(Reason.NOT_EXPRESSIBLE);
        case Outcome.Blocked blocked -> Optional.of(blocked.reason());
        case Outcome.Unfinished unfinished -> Optional.of(unfinished.reason());
        case Outcome.Stale stale -> Optional.of(Reason.PROGRESSING);
      };
    }
  }

  /** The object as a run read it. */
  static final class Sheet {
    private final Status status;
    private Memory memory;
    private int version;

    private Sheet(Status status, int version) {
      this.status = status;
      this.memory = status.memory();
      this.version = version;
    }

    Status status() {
      return status;
    }
  }

  private final List<Status> written = new ArrayList<>();
  private Status current = Status.EMPTY;
  private int version;
  private boolean gone;
  private String approval = "";
  private int approvals;
  private Optional<Sheet> stale = Optional.empty();
  private int writes;

  Desk copy() {
    Desk copy = new Desk();
    copy.written.addAll(written);
    copy.current = current;
    copy.version = version;
    copy.gone = gone;
    copy.approval = approval;
    return copy;
  }

  /** Every status that was ever written, oldest first. */
  List<Status> written() {
    return List.copyOf(written);
  }

  Status current() {
    return current;
  }

  /** Whether the object is deleted for good. */
  boolean isGone() {
    return gone;
  }

  /** Writes that reached the API server. */
  int writes() {
    return writes;
  }

  /** Value of the approve annotation. */
  String approval() {
    return approval;
  }

  /** How often a person had to approve. */
  int approvals() {
    return approvals;
  }

  /** A person approves what the status asks for; false when that was approved before. */
  boolean approve() {
    if (approval.equals(current.pendingHash()) || current.pendingHash().isEmpty()) {
      return false;
    }
    approval = current.pendingHash();
    approvals++;
    version++;
    return true;
  }

  /** A backup is restored, or the status is lost. */
  void restore(Status status) {
    current = status;
    version++;
    stale = Optional.empty();
  }

  /**
   * What is left when only the annotation with the id is: it is written after a run that ended with
   * an id.
   */
  Status annotated() {
    String id = current.memory().binding().externalId();
    return id.isEmpty() || current.memory().binding().syncedHash().isEmpty()
        ? Status.EMPTY
        : new Status(Memory.EMPTY.bound(id), false, Optional.empty(), "");
  }

  /** The annotation with the id, and nothing else. */
  void remember(String id) {
    restore(new Status(Memory.EMPTY.bound(id), false, Optional.empty(), ""));
  }

  /** What the operator's cache shows. */
  Sheet read() {
    Sheet shown = stale.orElseGet(() -> new Sheet(current, version));
    stale = Optional.empty();
    return shown;
  }

  /**
   * The store of one run.
   *
   * @param formerCalls until when a call of the process before may still land
   */
  StatusStore store(Sheet sheet, Plot plot, Optional<Instant> formerCalls) {
    return new StatusStore() {
      @Override
      public void write(Memory memory) throws StaleException {
        Optional<Fault> fault = plot.reach(Boundary.Kind.JOURNAL, "journal");
        before(fault);
        if (sheet.version != version) {
          throw new StaleException("Plan shop/team changed since it was read");
        }
        Sheet old = new Sheet(current, version);
        put(new Status(memory, false, Optional.of(Reason.PROGRESSING), ""));
        sheet.version = version;
        sheet.memory = memory;
        after(fault, old);
      }

      @Override
      public Optional<Instant> holdCreates() {
        return formerCalls;
      }

      @Override
      public Optional<String> whyNotRemove() {
        return Optional.empty();
      }
    };
  }

  /**
   * The end of a run. On a conflict: read, put our own status onto what is there, write again. Only
   * when what is there is not what the run began with, then a stale cache was read: what it found
   * is dropped, and the next run begins with what is known.
   */
  void finish(Sheet sheet, Status status, Plot plot) {
    if (status.equals(sheet.status) && sheet.version == version) {
      return;
    }
    Optional<Fault> fault = plot.reach(Boundary.Kind.END, status.ready() ? "ready" : "not ready");
    before(fault);
    if (sheet.version != version && !sheet.memory.equals(current.memory())) {
      return;
    }
    Sheet old = new Sheet(current, version);
    put(status);
    after(fault, old);
  }

  /** The object goes: its finalizer is removed, unless it changed since the run read it. */
  void release(Sheet sheet, Plot plot) {
    Optional<Fault> fault = plot.reach(Boundary.Kind.END, "finalizer removed");
    before(fault);
    if (sheet.version != version) {
      return;
    }
    Sheet old = new Sheet(current, version);
    writes++;
    version++;
    gone = true;
    after(fault, old);
  }

  private void put(Status status) {
    current = status;
    version++;
    writes++;
    if (!written.contains(status)) {
      written.add(status);
    }
  }

  private void before(Optional<Fault> fault) {
    if (fault.equals(Optional.of(Fault.WRITE_REFUSED))) {
      version++; // somebody's annotation came first
    }
    if (fault.equals(Optional.of(Fault.DIES_BEFORE_WRITE))) {
      throw new ProcessDied();
    }
  }

  private void after(Optional<Fault> fault, Sheet old) {
    if (fault.equals(Optional.of(Fault.STALE_CACHE))
        || fault.equals(Optional.of(Fault.STALE_CACHE_AND_DIES))) {
      stale = Optional.of(old);
    }
    if (fault.equals(Optional.of(Fault.DIES_AFTER_WRITE))
        || fault.equals(Optional.of(Fault.STALE_CACHE_AND_DIES))) {
      throw new ProcessDied();
    }
  }
}
