package io.agora.token;

import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Something native that is freed: by {@code close}, else when nobody holds its owner any more.
 * Threads may use it while another closes it; it goes when the last of them is done.
 */
final class Handle {
  private static final Cleaner CLEANER = Cleaner.create();
  private static final int CLOSED = Integer.MIN_VALUE;

  private final long address;

  /** How many use it; with {@link #CLOSED} added, from when on nobody begins to. */
  private final AtomicInteger users = new AtomicInteger();

  private Handle(long address) {
    this.address = address;
  }

  /** The handle of this owner, to which nothing of the handle leads back. */
  static Handle of(Object owner, long address) {
    Handle handle = new Handle(address);
    CLEANER.register(owner, handle::close);
    return handle;
  }

  /**
   * Does an operation. The owner is held until it is done: of {@code new Issuer(…).issue(…)} nobody
   * holds the issuer once its handle is read, and the garbage collector would close it.
   *
   * @throws IllegalStateException if it was closed
   */
  Reply send(Object owner, Request request, Operation operation) {
    if (users.getAndUpdate(count -> count < 0 ? count : count + 1) < 0) {
      throw new IllegalStateException("it was closed");
    }
    try {
      return request.send(operation, address);
    } finally {
      if (users.decrementAndGet() == CLOSED) {
        Native.free(address);
      }
      Reference.reachabilityFence(owner);
    }
  }

  void close() {
    if (users.getAndUpdate(count -> count < 0 ? count : count + CLOSED) == 0) {
      Native.free(address);
    }
  }
}
