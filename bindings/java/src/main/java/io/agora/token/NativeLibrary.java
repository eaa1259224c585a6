package io.agora.token;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Loads the native library out of the jar, from {@code native/<platform>/} beside this class.
 *
 * <p>A library is loaded from a file, so it is written into a folder that was made for it just now,
 * which nobody else may enter, read again, and loaded only if that is what was written. The file is
 * removed when it was loaded.
 */
final class NativeLibrary {
  /** Names a library to load in place of the jar's. */
  static final String PROPERTY = "io.agora.token.library";

  private static final String NAME = System.mapLibraryName("agora_token_java");

  private NativeLibrary() {}

  /**
   * @throws UnsatisfiedLinkError if there is none for this platform, or it cannot be loaded
   */
  static void load() {
    String given = System.getProperty(PROPERTY);
    if (given != null) {
      System.load(given);
      return;
    }
    UnsatisfiedLinkError last = null;
    List<String> platforms =
        platforms(System.getProperty("os.name"), System.getProperty("os.arch"));
    for (String platform : platforms) {
      try (InputStream library =
          NativeLibrary.class.getResourceAsStream("native/" + platform + "/" + NAME)) {
        if (library != null) {
          load(library.readAllBytes());
          return;
        }
      } catch (IOException error) {
        last = refused("cannot unpack the native library: " + error, error);
      } catch (UnsatisfiedLinkError error) {
        // It may be for the other C library.
        last = error;
      }
    }
    String none =
        "this jar has no native library for " + platforms.get(0) + ": name one in -D" + PROPERTY;
    throw last != null ? last : refused(none, null);
  }

  /** The names of this platform in the jar: with glibc, then with musl. */
  static List<String> platforms(String system, String architecture) {
    String arch =
        architecture.equals("amd64")
            ? "x86_64"
            : architecture.equals("arm64") ? "aarch64" : architecture;
    String name = system.toLowerCase(Locale.ROOT);
    if (name.startsWith("mac")) {
      return List.of("macos-" + arch);
    }
    if (name.startsWith("windows")) {
      return List.of("windows-" + arch);
    }
    return List.of(name + "-" + arch, name + "-musl-" + arch);
  }

  private static void load(byte[] library) throws IOException {
    Path folder = Files.createTempDirectory("agora-token-");
    Path file = folder.resolve(NAME);
    try {
      unpack(library, file);
      System.load(file.toAbsolutePath().toString());
    } finally {
      remove(file);
      remove(folder);
    }
  }

  /**
   * Writes a file that must not be there yet.
   *
   * @throws IOException if it is, or if it holds something else afterwards
   */
  static void unpack(byte[] library, Path file) throws IOException {
    Files.write(file, library, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    check(library, file);
  }

  /** Refuses a file that is not the one that was written. */
  static void check(byte[] library, Path file) throws IOException {
    boolean isOurs =
        Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
            && Files.getOwner(file).equals(Files.getOwner(file.getParent()))
            && Arrays.equals(Files.readAllBytes(file), library);
    if (!isOurs) {
      throw new IOException(file + " is not what was written");
    }
  }

  /** Windows keeps the file of a library until the program ends. */
  private static void remove(Path path) {
    try {
      Files.delete(path);
    } catch (IOException error) {
      path.toFile().deleteOnExit();
    }
  }

  private static UnsatisfiedLinkError refused(String reason, Throwable cause) {
    UnsatisfiedLinkError error = new UnsatisfiedLinkError(reason);
    error.initCause(cause);
    return error;
  }
}
