package io.agora.token;

import java.util.SortedMap;

/**
 * A service whose layout is not known. The format gives services no length, so what follows it
 * cannot be read.
 */
public final class UnknownService {
  private final int type;
  private final SortedMap<Integer, Long> privileges;

  UnknownService(Reply reply) {
    type = (int) reply.integer();
    privileges = reply.times();
  }

  /** Its number on the wire. */
  public int getType() {
    return type;
  }

  /**
   * Its privileges, as every known service has them there; empty when what stands there is none.
   */
  public SortedMap<Integer, Long> getPrivileges() {
    return privileges;
  }
}
