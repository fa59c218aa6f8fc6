package dev.funless.core.catalog;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.funless.core.database.TestDatabase;
import dev.funless.shared.failure.Failure.Category;
import dev.funless.shared.failure.FailureException;
import dev.funless.shared.protocol.message.CodeChunk;
import dev.funless.shared.protocol.message.CodeRequest;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CodeStoreTest {

  private static Vertx vertx;
  private static PgConnectOptions server;
  private static CodeStore store;

  @TempDir Path folder;

  @BeforeAll
  static void open() throws Exception {
    vertx = Vertx.vertx();
    server = TestDatabase.migrated();
    store = new CodeStore(vertx, TestDatabase.open(vertx, server));
  }

  @AfterAll
  static void close() throws Exception {
    finish(vertx.close());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 65_535, 65_536, 65_537, 1_048_576, 1_048_577, 5_000_001})
  void givesBackWhatWasPutInChunksOfTheirSize(int size) throws Exception {
    byte[] code = bytes(size);
    CodeFile file = file(code);

    finish(store.put(file));

    ByteArrayOutputStream got = new ByteArrayOutputStream();
    int chunks = (size + CodeRequest.CHUNK_BYTES - 1) / CodeRequest.CHUNK_BYTES;
    for (int i = 0; i < chunks; i++) {
      CodeChunk chunk = finish(store.get(new CodeRequest(file.sha256(), i)));
      assertEquals(size, chunk.totalBytes());
      assertEquals(Math.min(CodeRequest.CHUNK_BYTES, size - got.size()), chunk.bytes().length);
      got.writeBytes(chunk.bytes());
    }
    assertArrayEquals(code, got.toByteArray());
    assertNoChunk(file.sha256(), chunks);
    assertNoChunk(file.sha256(), -1);
  }

  @Test
  void emptyCodeHasNoChunks() throws Exception {
    CodeFile file = file(new byte[0]);

    finish(store.put(file));

    assertNoChunk(file.sha256(), 0);
  }

  @Test
  void puttingTwiceStoresOnce() throws Exception {
    CodeFile file = file(bytes(70_001));

    finish(Future.all(store.put(file), store.put(file), store.put(file)));
    finish(store.put(file));

    assertEquals("2", count("code_chunk", file.sha256()));
  }

  @Test
  void aFileThatIsGoneStoresNothingAndIsNoOutage() throws Exception {
    CodeFile file = file(bytes(70_002));
    Files.delete(file.path());

    Exception e = assertThrows(Exception.class, () -> finish(store.put(file)));

    assertFalse(e instanceof FailureException, e::toString);
    assertEquals("0", count("code", file.sha256()));
  }

  @Test
  void aFileThatIsTooShortStoresNothing() throws Exception {
    CodeFile file = file(bytes(70_003));
    CodeFile longer = new CodeFile(file.path(), file.sha256(), 170_003, 0);

    assertThrows(Exception.class, () -> finish(store.put(longer)));

    assertEquals("0", count("code", file.sha256()));
    finish(store.put(file));
    assertEquals("2", count("code_chunk", file.sha256()));
  }

  @Test
  void unusedCodeGoesAfterAnHour() throws Exception {
    CodeFile unused = file(bytes(80_001));
    CodeFile used = file(bytes(80_002));
    CodeFile fresh = file(bytes(80_003));
    for (CodeFile file : new CodeFile[] {unused, used, fresh}) {
      finish(store.put(file));
    }
    TestDatabase.execute(
        server,
        "update code set uploaded_at = now() - interval '61 minutes' where sha256 in ('%s', '%s')"
            .formatted(unused.sha256(), used.sha256()));
    TestDatabase.execute(
        server,
        "insert into function (module_id, name, sha256, metadata) values (1, 'f', '%s', '{}')"
            .formatted(used.sha256()));

    finish(store.removeUnused());

    assertEquals("0", count("code", unused.sha256()));
    assertEquals("0", count("code_chunk", unused.sha256()));
    assertEquals("2", count("code_chunk", used.sha256()));
    assertEquals("2", count("code_chunk", fresh.sha256()));
  }

  private static String count(String table, String sha256) throws Exception {
    return TestDatabase.query(
        server, "select count(*) from %s where sha256 = '%s'".formatted(table, sha256));
  }

  private static void assertNoChunk(String sha256, int index) {
    Exception e =
        assertThrows(Exception.class, () -> finish(store.get(new CodeRequest(sha256, index))));
    assertEquals(
        Category.NOT_FOUND, assertInstanceOf(FailureException.class, e).failure().category());
  }

  private static byte[] bytes(int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return bytes;
  }

  private CodeFile file(byte[] code) throws IOException {
    try {
      Path path = Files.write(folder.resolve("code"), code);
      String sha256 = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(code));
      return new CodeFile(Files.move(path, folder.resolve(sha256)), sha256, code.length, 65_536);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static <T> T finish(Future<T> future) throws Exception {
    return future.await(20, TimeUnit.SECONDS);
  }
}
