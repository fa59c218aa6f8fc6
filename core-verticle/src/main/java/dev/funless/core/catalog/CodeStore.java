package dev.funless.core.catalog;

import dev.funless.core.database.Database;
import dev.funless.shared.failure.Failure;
import dev.funless.shared.failure.Failure.Category;
import dev.funless.shared.protocol.message.CodeChunk;
import dev.funless.shared.protocol.message.CodeRequest;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.AsyncFile;
import io.vertx.core.file.FileSystemException;
import io.vertx.core.file.OpenOptions;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * Code in the database, in chunks of {@link CodeRequest#CHUNK_BYTES}, so that neither an upload nor
 * a worker's fetch ever holds the whole in memory here. Thread-safe.
 */
public final class CodeStore {

  private static final int CHUNKS_A_BATCH = 16;

  /** How slowly a database may take code in without counting as one that is not there. */
  private static final long SLOWEST_BYTES_A_SECOND = 1024 * 1024;

  private final Vertx vertx;
  private final Database database;

  public CodeStore(Vertx vertx, Database database) {
    this.vertx = vertx;
    this.database = database;
  }

  /** Stores the code, or finds that it is there already. */
  public Future<Void> put(CodeFile code) {
    return database.writeLong(
        Duration.ofSeconds(code.bytes() / SLOWEST_BYTES_A_SECOND),
        connection ->
            connection
                .preparedQuery(
                    """
                    insert into code (sha256, bytes, initial_memory_bytes) values ($1, $2, $3)
                    on conflict (sha256) do update set uploaded_at = now()
                    returning (xmax = 0) as is_new
                    """)
                .execute(Tuple.of(code.sha256(), code.bytes(), code.initialMemoryBytes()))
                .compose(
                    rows ->
                        rows.iterator().next().getBoolean("is_new")
                            ? putChunks(connection, code)
                            : Future.succeededFuture()));
  }

  private Future<Void> putChunks(SqlConnection connection, CodeFile code) {
    return vertx
        .fileSystem()
        .open(code.path().toString(), new OpenOptions().setRead(true).setWrite(false))
        .compose(file -> putChunks(connection, code, file, 0).eventually(() -> file.close()));
  }

  private Future<Void> putChunks(
      SqlConnection connection, CodeFile code, AsyncFile file, int first) {
    long offset = (long) first * CodeRequest.CHUNK_BYTES;
    if (offset >= code.bytes()) {
      return Future.succeededFuture();
    }
    int length =
        (int) Math.min((long) CHUNKS_A_BATCH * CodeRequest.CHUNK_BYTES, code.bytes() - offset);
    return file.read(Buffer.buffer(length), 0, offset, length)
        .compose(
            read -> {
              if (read.length() != length) {
                return Future.failedFuture(new FileSystemException("the code's file is too short"));
              }
              List<Tuple> chunks = new ArrayList<>();
              for (int start = 0; start < length; start += CodeRequest.CHUNK_BYTES) {
                int end = Math.min(start + CodeRequest.CHUNK_BYTES, length);
                chunks.add(
                    Tuple.of(code.sha256(), first + chunks.size(), read.getBuffer(start, end)));
              }
              return connection
                  .preparedQuery(
                      "insert into code_chunk (sha256, index, bytes) values ($1, $2, $3)")
                  .executeBatch(chunks);
            })
        .compose(_ -> putChunks(connection, code, file, first + CHUNKS_A_BATCH));
  }

  /** Gives one piece. */
  public Future<CodeChunk> get(CodeRequest request) {
    return database.read(
        connection ->
            connection
                .preparedQuery(
                    """
                    select k.bytes, c.bytes total
                    from code_chunk k join code c on c.sha256 = k.sha256
                    where k.sha256 = $1 and k.index = $2
                    """)
                .execute(Tuple.of(request.sha256(), request.index()))
                .compose(CodeStore::chunk));
  }

  private static Future<CodeChunk> chunk(RowSet<Row> rows) {
    Iterator<Row> found = rows.iterator();
    if (!found.hasNext()) {
      return Future.failedFuture(
          new Failure(Category.NOT_FOUND, "no_such_code", "There is no such code.").exception());
    }
    Row row = found.next();
    return Future.succeededFuture(
        new CodeChunk(row.getBuffer("bytes").getBytes(), row.getLong("total")));
  }

  /** Gives the whole; only for code that is small enough to be held in memory here. */
  public Future<byte[]> getAll(String sha256, long bytes) {
    return getFrom(sha256, new byte[Math.toIntExact(bytes)], 0);
  }

  private Future<byte[]> getFrom(String sha256, byte[] code, int index) {
    int offset = Math.multiplyExact(index, CodeRequest.CHUNK_BYTES);
    if (offset >= code.length) {
      return Future.succeededFuture(code);
    }
    return get(new CodeRequest(sha256, index))
        .compose(
            chunk -> {
              System.arraycopy(chunk.bytes(), 0, code, offset, chunk.bytes().length);
              return getFrom(sha256, code, index + 1);
            });
  }

  /** Removes code that no function has had for an hour. */
  public Future<Void> removeUnused() {
    return database.write(
        connection ->
            connection
                .query(
                    """
                    delete from code c
                    where uploaded_at < now() - interval '1 hour'
                      and not exists (select from function f where f.sha256 = c.sha256)
                    """)
                .execute()
                .mapEmpty());
  }
}
