package io.agora.token;

/** The door to the native library, which `src/lib.rs` has the other side of. */
final class Native {
  static {
    NativeLibrary.load();
  }

  private Native() {}

  /**
   * Does an operation.
   *
   * @param operation one of {@link Operation}, by its place there
   * @param handle what it is an operation of, or 0
   * @param message what it is given, in its first {@code length} bytes
   * @return the answer; null where there is no memory left
   */
  static native byte[] call(int operation, long handle, byte[] message, int length);

  /** Frees a handle, which nobody uses any more. */
  static native void free(long handle);
}
