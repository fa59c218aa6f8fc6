package dev.funless.engine.cache;

import java.util.Set;

/**
 * Cuts from a module what is not needed where its functions run as compiled classes: parsing the
 * bodies is most of what loading costs.
 *
 * <p>Each body becomes {@code unreachable end}, the smallest that is valid for every type, unless
 * it is asked for or no longer than that. All other sections stay byte for byte; custom sections,
 * names among them, go. A module that was valid stays so, with the same types, imports, exports,
 * tables, memories, globals and data.
 *
 * <p>Known caveat: a function that has neither its body nor a compiled class traps where it should
 * have run. The bodies asked for must be those the compiler left to the interpreter, no fewer.
 */
public final class BodyStubs {

  private static final byte[] HEADER = {0, 'a', 's', 'm', 1, 0, 0, 0};

  /** A body: its length, no locals, {@code unreachable}, {@code end}. */
  private static final byte[] STUB = {3, 0, 0x00, 0x0B};

  private static final int CUSTOM_SECTION = 0;
  private static final int IMPORT_SECTION = 2;
  private static final int CODE_SECTION = 10;
  private static final int LAST_SECTION = 13;
  private static final int END = 0x0B;

  private final byte[] module;
  private final Set<Integer> keptFunctions;
  private final WasmBytes in;

  /** Null at first: then all is only counted, to make this as long as it has to be. */
  private final byte[] out;

  private int written;

  /** How long the code section's content becomes, as counted before it is written. */
  private int codeBytes;

  private int sectionsSeen;
  private int functions;
  private int kept;

  private BodyStubs(byte[] module, Set<Integer> keptFunctions, byte[] out, int codeBytes) {
    this.module = module;
    this.keptFunctions = keptFunctions;
    this.in = new WasmBytes(module, 0);
    this.out = out;
    this.codeBytes = codeBytes;
  }

  /**
   * The module without the bodies of all but the given functions.
   *
   * @param module is not changed
   * @param keptFunctions indices of functions, imported ones counted
   * @throws IllegalArgumentException where the bytes are not wasm's as far as they are looked at,
   *     or one of the functions is not the module's own
   */
  public static byte[] stub(byte[] module, Set<Integer> keptFunctions) {
    var counted = new BodyStubs(module, keptFunctions, null, 0);
    counted.run();
    byte[] out = new byte[counted.written];
    new BodyStubs(module, keptFunctions, out, counted.codeBytes).run();
    return out;
  }

  private void run() {
    for (byte expected : HEADER) {
      if (in.next() != (expected & 0xFF)) {
        throw in.malformed("this is no wasm module of version 1");
      }
    }
    copy(0, in.at());
    while (in.hasMore()) {
      section();
    }
    if (kept != keptFunctions.size()) {
      throw new IllegalArgumentException(
          "The module has only " + kept + " of the functions " + keptFunctions + ".");
    }
  }

  private void section() {
    int start = in.at();
    int section = in.next();
    long length = in.number();
    int content = in.at();
    int end = in.skip(length);
    switch (section) {
      case CUSTOM_SECTION -> {}
      case IMPORT_SECTION -> {
        once(section);
        if ((sectionsSeen & 1 << CODE_SECTION) != 0) {
          throw in.malformed("imports follow the code that counts them");
        }
        imports(new WasmBytes(module, content), end);
        copy(start, end);
      }
      case CODE_SECTION -> {
        once(section);
        code(content, end);
      }
      default -> {
        once(section);
        copy(start, end);
      }
    }
  }

  private void once(int section) {
    if (section > LAST_SECTION || (sectionsSeen & 1 << section) != 0) {
      throw in.malformed("there is no section " + section + ", or two");
    }
    sectionsSeen |= 1 << section;
  }

  private void imports(WasmBytes imports, int end) {
    for (long left = imports.number(); left > 0; left--) {
      if (imports.importsFunction()) {
        functions++;
      }
    }
    endsAt(imports, end);
  }

  private void code(int content, int end) {
    if (out == null) {
      int before = written;
      bodies(new WasmBytes(module, content), end);
      codeBytes = written - before;
      codeHeader();
    } else {
      codeHeader();
      bodies(new WasmBytes(module, content), end);
    }
  }

  private void codeHeader() {
    put(CODE_SECTION);
    for (int left = codeBytes; ; left >>>= 7) {
      if (left < 0x80) {
        put(left);
        return;
      }
      put((left & 0x7F) | 0x80);
    }
  }

  private void bodies(WasmBytes bodies, int end) {
    int content = bodies.at();
    long count = bodies.number();
    copy(content, bodies.at());
    for (long left = count; left > 0; left--) {
      int start = bodies.at();
      long length = bodies.number();
      int bodyEnd = bodies.skip(length);
      if (length < 2 || module[bodyEnd - 1] != END) {
        throw bodies.malformed("a body has no end");
      }
      body(start, bodyEnd);
    }
    endsAt(bodies, end);
  }

  private void body(int start, int end) {
    if (keptFunctions.contains(functions)) {
      kept++;
      copy(start, end);
    } else if (end - start <= STUB.length) {
      copy(start, end);
    } else {
      for (byte next : STUB) {
        put(next);
      }
    }
    functions++;
  }

  private static void endsAt(WasmBytes section, int end) {
    if (section.at() != end) {
      throw section.malformed("a section does not end where it should");
    }
  }

  private void copy(int from, int to) {
    if (out != null) {
      System.arraycopy(module, from, out, written, to - from);
    }
    written += to - from;
  }

  private void put(int next) {
    if (out != null) {
      out[written] = (byte) next;
    }
    written++;
  }
}
