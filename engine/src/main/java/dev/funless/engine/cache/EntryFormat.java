package dev.funless.engine.cache;

import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * An entry's file: a header, and the content as it is. Uncompressed, since inflating takes longer
 * than reading what it saves (1.2 MB of classes: 3.3 ms against 0.7). All numbers are 32 bits, the
 * high byte first; texts and class files are preceded by their length.
 *
 * <pre>
 * header    "FLCC", format version, length of the content, seal (32 bytes)
 * content   main class, count, interpreted functions, count, (name, class file) of each class
 * </pre>
 *
 * The seal is the SHA-256 over the key and the content, so that an entry under another's name is
 * refused as a changed byte is. No number is believed before it is held against what is left of the
 * file: damage never makes this allocate more than the file's own length again.
 */
final class EntryFormat {

  /** Larger than the classes of any module that the engine accepts. */
  static final int ENTRY_BYTES = 512 << 20;

  static final int HEADER_BYTES = 12 + 32;

  private static final int MAGIC = 0x464C_4343;
  private static final int VERSION = 1;
  private static final int NUMBER_BYTES = Integer.BYTES;

  private EntryFormat() {}

  /** How long the entry's file will be; more than {@link #ENTRY_BYTES} cannot be encoded. */
  static long encodedBytes(CompiledClasses compiled) {
    long bytes = HEADER_BYTES + textBytes(compiled.mainClass()) + 2L * NUMBER_BYTES;
    bytes += (long) NUMBER_BYTES * compiled.interpretedFunctions().size();
    for (Map.Entry<String, ByteBuffer> file : compiled.classes().entrySet()) {
      bytes += textBytes(file.getKey()) + NUMBER_BYTES + file.getValue().remaining();
    }
    return bytes;
  }

  static byte[] encode(EntryKey key, CompiledClasses compiled) {
    byte[] entry = new byte[Math.toIntExact(encodedBytes(compiled))];
    ByteBuffer content = ByteBuffer.wrap(entry).position(HEADER_BYTES);
    put(content, compiled.mainClass());
    content.putInt(compiled.interpretedFunctions().size());
    compiled.interpretedFunctions().stream().sorted().forEach(content::putInt);
    content.putInt(compiled.classes().size());
    compiled
        .classes()
        .forEach(
            (name, bytes) -> {
              put(content, name);
              content.putInt(bytes.remaining()).put(bytes.duplicate());
            });
    ByteBuffer.wrap(entry)
        .putInt(MAGIC)
        .putInt(VERSION)
        .putInt(entry.length - HEADER_BYTES)
        .put(key.seal(entry, HEADER_BYTES));
    return entry;
  }

  /** Reads the entry that an open file holds; its length is that of the same file. */
  static CompiledClasses read(RandomAccessFile in, EntryKey key)
      throws IOException, DamagedEntryException {
    long fileBytes = in.length();
    if (fileBytes < HEADER_BYTES || fileBytes > ENTRY_BYTES) {
      throw new DamagedEntryException("its length, " + fileBytes + " bytes, is no entry's");
    }
    ByteBuffer header = ByteBuffer.wrap(read(in, HEADER_BYTES));
    if (header.getInt() != MAGIC
        || header.getInt() != VERSION
        || header.getInt() != fileBytes - HEADER_BYTES) {
      throw new DamagedEntryException("its header is not that of an entry of this length");
    }
    byte[] seal = new byte[header.remaining()];
    header.get(seal);
    byte[] content = read(in, (int) fileBytes - HEADER_BYTES);
    if (!MessageDigest.isEqual(seal, key.seal(content, 0))) {
      throw new DamagedEntryException("its content does not fit its seal and its name");
    }
    return decode(content);
  }

  /** What is sealed was written here; it is checked all the same. */
  static CompiledClasses decode(byte[] content) throws DamagedEntryException {
    try {
      ByteBuffer in = ByteBuffer.wrap(content);
      String mainClass = text(in);
      int functions = number(in, NUMBER_BYTES);
      Set<Integer> interpreted = HashSet.newHashSet(functions);
      for (int i = 0; i < functions; i++) {
        interpreted.add(in.getInt());
      }
      int files = number(in, 2 * NUMBER_BYTES);
      var classes = LinkedHashMap.<String, ByteBuffer>newLinkedHashMap(files);
      for (int i = 0; i < files; i++) {
        classes.put(text(in), bytes(in));
      }
      if (in.hasRemaining() || classes.size() < files || interpreted.size() < functions) {
        throw new DamagedEntryException("it says something twice, or more than it should");
      }
      return new CompiledClasses(mainClass, classes, interpreted);
    } catch (BufferUnderflowException | IllegalArgumentException e) {
      throw new DamagedEntryException("its content makes no sense: " + e);
    }
  }

  private static byte[] read(RandomAccessFile in, int length)
      throws IOException, DamagedEntryException {
    byte[] bytes = new byte[length];
    try {
      in.readFully(bytes);
    } catch (EOFException e) {
      throw new DamagedEntryException("it was cut off while it was read");
    }
    return bytes;
  }

  private static long textBytes(String text) {
    return NUMBER_BYTES + (long) text.getBytes(StandardCharsets.UTF_8).length;
  }

  private static void put(ByteBuffer out, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.putInt(bytes.length).put(bytes);
  }

  private static String text(ByteBuffer in) throws DamagedEntryException {
    return StandardCharsets.UTF_8.decode(bytes(in)).toString();
  }

  private static ByteBuffer bytes(ByteBuffer in) throws DamagedEntryException {
    int length = number(in, 1);
    ByteBuffer slice = in.slice(in.position(), length);
    in.position(in.position() + length);
    return slice;
  }

  /** A count of things that follow, each of which takes some bytes at least. */
  private static int number(ByteBuffer in, int bytesEach) throws DamagedEntryException {
    int number = in.getInt();
    if (number < 0 || number > in.remaining() / bytesEach) {
      throw new DamagedEntryException("it counts " + number + ", more than it has room for");
    }
    return number;
  }
}
