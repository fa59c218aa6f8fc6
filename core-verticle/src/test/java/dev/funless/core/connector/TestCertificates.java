package dev.funless.core.connector;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A server's certificate for the address 127.0.0.1 and no other host, and that of the authority
 * that it is from. Java does not trust it. Made by the JDK's keytool, anew for each JVM.
 */
public final class TestCertificates {

  public static final String PASSWORD = "changeit";

  /** A host that leads to the server and is not in its certificate. */
  public static final String OTHER_HOST = "localhost";

  private static final char[] SECRET = PASSWORD.toCharArray();
  private static final long PATIENCE_SECONDS = 120;

  /** Made when first needed. */
  private static final class Made {
    static final KeyStore KEYS = keys();

    private static KeyStore keys() {
      try {
        Path folder = Files.createTempDirectory("funless-certificates");
        Path file = folder.resolve("keys.p12");
        keytool(file, "authority", "-ext", "bc:c");
        keytool(file, "server", "-ext", "san=ip:127.0.0.1", "-signer", "authority");
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
          keys.load(in, SECRET);
        }
        Files.delete(file);
        Files.delete(folder);
        return keys;
      } catch (IOException | GeneralSecurityException | InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    private static void keytool(Path file, String alias, String... more)
        throws IOException, InterruptedException {
      List<String> command =
          new ArrayList<>(
              List.of(
                  Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                  "-genkeypair",
                  "-alias",
                  alias,
                  "-dname",
                  "CN=test " + alias,
                  "-keyalg",
                  "EC",
                  "-groupname",
                  "secp256r1",
                  "-validity",
                  "2",
                  "-keystore",
                  file.toString(),
                  "-storetype",
                  "PKCS12",
                  "-storepass",
                  PASSWORD));
      command.addAll(List.of(more));
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new IOException("keytool failed: " + said);
      }
    }
  }

  private TestCertificates() {}

  /** The authority's certificate. */
  public static Certificates authority() {
    try {
      return new Certificates(
          pem("CERTIFICATE", Made.KEYS.getCertificate("authority").getEncoded()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The server's private key. */
  public static String key() throws GeneralSecurityException {
    return pem("PRIVATE KEY", Made.KEYS.getKey("server", SECRET).getEncoded());
  }

  /** The server's certificate and the authority's. */
  public static String chain() throws GeneralSecurityException {
    StringBuilder chain = new StringBuilder();
    for (Certificate certificate : Made.KEYS.getCertificateChain("server")) {
      chain.append(pem("CERTIFICATE", certificate.getEncoded()));
    }
    return chain.toString();
  }

  private static String pem(String what, byte[] der) {
    return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n"
        .formatted(what, Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der));
  }

  /** Writes the server's key, for nobody else to read, and gives the file. */
  public static Path writeKey(Path folder) throws IOException, GeneralSecurityException {
    Path file = folder.resolve("server.key");
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    return Files.writeString(file, key());
  }

  public static Path writeChain(Path folder) throws IOException, GeneralSecurityException {
    return Files.writeString(folder.resolve("server.pem"), chain());
  }

  /** Writes a key store with the server's key and certificates, and gives the file. */
  public static Path writeStore(Path folder) throws IOException, GeneralSecurityException {
    KeyStore server = KeyStore.getInstance("PKCS12");
    server.load(null, SECRET);
    server.setKeyEntry(
        "server",
        Made.KEYS.getKey("server", SECRET),
        SECRET,
        Made.KEYS.getCertificateChain("server"));
    Path file = folder.resolve("server.p12");
    try (OutputStream out = Files.newOutputStream(file)) {
      server.store(out, SECRET);
    }
    return file;
  }
}
