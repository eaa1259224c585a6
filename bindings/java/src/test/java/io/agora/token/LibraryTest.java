package io.agora.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The native library in the jar, and how it gets out. */
class LibraryTest {
  private static final byte[] CONTENT = {1, 2, 3};

  @TempDir Path folder;

  @Test
  void onlyWhatWasWrittenIsLoaded() throws IOException {
    Path file = folder.resolve("library");
    NativeLibrary.unpack(CONTENT, file);
    NativeLibrary.check(CONTENT, file);
    // Somebody was there before, or came after.
    assertThrows(FileAlreadyExistsException.class, () -> NativeLibrary.unpack(CONTENT, file));
    Files.write(file, new byte[] {1, 2, 4});
    assertThrows(IOException.class, () -> NativeLibrary.check(CONTENT, file));
    Path link = folder.resolve("link");
    Path other = Files.write(folder.resolve("other"), CONTENT);
    Files.createSymbolicLink(link, other);
    assertThrows(IOException.class, () -> NativeLibrary.check(CONTENT, link));
    assertThrows(IOException.class, () -> NativeLibrary.unpack(CONTENT, link));
  }

  @Test
  void nothingIsLeftBehindAndNobodyElseMayEnter() throws IOException {
    Path made = Files.createTempDirectory(folder, "agora-token-");
    assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(made)));
    AgoraToken.diagnose("");
    try (var left = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      String user = System.getProperty("user.name");
      assertEquals(
          List.of(),
          Arrays.asList(
              left.filter(path -> path.getFileName().toString().startsWith("agora-token-"))
                  .filter(path -> isOf(user, path))
                  .filter(path -> holds(path, System.mapLibraryName("agora_token_java")))
                  .toArray()));
    }
  }

  private static boolean isOf(String user, Path path) {
    try {
      return Files.getOwner(path).getName().equals(user);
    } catch (IOException error) {
      return false;
    }
  }

  private static boolean holds(Path folder, String name) {
    return Files.exists(folder.resolve(name));
  }

  @Test
  void platformsHaveTheirNames() {
    assertEquals(
        List.of("linux-x86_64", "linux-musl-x86_64"), NativeLibrary.platforms("Linux", "amd64"));
    assertEquals(
        List.of("linux-aarch64", "linux-musl-aarch64"),
        NativeLibrary.platforms("Linux", "aarch64"));
    assertEquals(List.of("macos-aarch64"), NativeLibrary.platforms("Mac OS X", "aarch64"));
    assertEquals(List.of("windows-x86_64"), NativeLibrary.platforms("Windows 11", "amd64"));
  }

  @Test
  void theJarHoldsTheLibraryOfThisPlatform() throws IOException {
    String platform =
        NativeLibrary.platforms(System.getProperty("os.name"), System.getProperty("os.arch"))
            .get(0);
    try (JarFile jar = new JarFile(System.getProperty("jar"))) {
      String name =
          "io/agora/token/native/" + platform + "/" + System.mapLibraryName("agora_token_java");
      assertTrue(jar.getEntry(name).getSize() > 100_000);
      assertEquals(
          "io.agora.token",
          jar.getManifest().getMainAttributes().getValue("Automatic-Module-Name"));
    }
    Path from =
        Path.of(AgoraToken.class.getProtectionDomain().getCodeSource().getLocation().getPath());
    assertEquals(
        Path.of(System.getProperty("jar")).getFileName(), from.getFileName(), "the jar is tested");
  }
}
