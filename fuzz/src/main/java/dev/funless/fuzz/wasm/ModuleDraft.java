package dev.funless.fuzz.wasm;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/**
 * A module while it is put together. Imports come before functions. Not thread-safe.
 *
 * <p>Its parts are the removable ranges of all functions, numbered in the order of the functions.
 */
public final class ModuleDraft {

  private static final int FUNCTION = 0;
  private static final int MEMORY = 2;

  private final List<Signature> types = new ArrayList<>();
  private final Map<Signature, Integer> typeIndices = new HashMap<>();
  private final List<byte[]> imports = new ArrayList<>();
  private final List<Integer> functionTypes = new ArrayList<>();
  private final Map<Integer, Code.Body> bodies = new HashMap<>();
  private final List<byte[]> tables = new ArrayList<>();
  private final List<byte[]> memories = new ArrayList<>();
  private final List<byte[]> globals = new ArrayList<>();
  private final List<byte[]> exports = new ArrayList<>();
  private final List<byte[]> elements = new ArrayList<>();
  private final List<byte[]> data = new ArrayList<>();
  private int start = -1;

  public int type(Signature signature) {
    return typeIndices.computeIfAbsent(
        signature,
        added -> {
          types.add(added);
          return types.size() - 1;
        });
  }

  public int typeCount() {
    return types.size();
  }

  /** Gives the index of the imported function. */
  public int importFunction(String module, String name, Signature signature) {
    if (!functionTypes.isEmpty()) {
      throw new IllegalStateException("imports come before functions");
    }
    imports.add(
        new WasmBytes().name(module).name(name).put(FUNCTION).unsigned(type(signature)).toArray());
    return imports.size() - 1;
  }

  /** Gives the index of a function whose body is to follow. */
  public int declare(Signature signature) {
    functionTypes.add(type(signature));
    return imports.size() + functionTypes.size() - 1;
  }

  public void define(int function, Code.Body body) {
    bodies.put(function, body);
  }

  /**
   * @param maximumPages -1 where there is none
   */
  public void memory(int pages, int maximumPages) {
    memories.add(limits(new WasmBytes(), pages, maximumPages).toArray());
    exports.add(new WasmBytes().name("memory").put(MEMORY).unsigned(0).toArray());
  }

  /**
   * @param maximum -1 where there is none
   */
  public int table(Type type, int entries, int maximum) {
    tables.add(limits(new WasmBytes().put(type.code()), entries, maximum).toArray());
    return tables.size() - 1;
  }

  /**
   * @param initial the instructions that give its first value, without the closing end
   */
  public int global(Type type, boolean mutable, byte[] initial) {
    globals.add(
        new WasmBytes().put(type.code()).put(mutable ? 1 : 0).put(initial).put(Op.END).toArray());
    return globals.size() - 1;
  }

  public void export(String name, int function) {
    exports.add(new WasmBytes().name(name).put(FUNCTION).unsigned(function).toArray());
  }

  public void start(int function) {
    start = function;
  }

  public int activeData(int address, byte[] bytes) {
    var code = new Code().i32(address).op(Op.END).toArray();
    data.add(new WasmBytes().put(0).put(code).sized(bytes).toArray());
    return data.size() - 1;
  }

  public int passiveData(byte[] bytes) {
    data.add(new WasmBytes().put(1).sized(bytes).toArray());
    return data.size() - 1;
  }

  public int activeElements(int table, int entry, List<Integer> functions) {
    var code = new Code().i32(entry).op(Op.END).toArray();
    return elements(new WasmBytes().put(2).unsigned(table).put(code).put(0), functions);
  }

  public int passiveElements(List<Integer> functions) {
    return elements(new WasmBytes().put(1).put(0), functions);
  }

  /** Allows the functions to be referred to. */
  public int declaredElements(List<Integer> functions) {
    return elements(new WasmBytes().put(3).put(0), functions);
  }

  private int elements(WasmBytes segment, List<Integer> functions) {
    segment.unsigned(functions.size());
    functions.forEach(segment::unsigned);
    elements.add(segment.toArray());
    return elements.size() - 1;
  }

  public int parts() {
    return bodies.values().stream().mapToInt(body -> body.removable().size()).sum();
  }

  /**
   * @param dropped the parts to leave out
   */
  public byte[] toBytes(BitSet dropped) {
    var module = new WasmBytes().littleEndian(0x6D73_6100, 4).littleEndian(1, 4);
    List<byte[]> code = code(dropped);
    section(module, 1, types.stream().map(ModuleDraft::encoded).toList());
    section(module, 2, imports);
    section(
        module,
        3,
        functionTypes.stream().map(at -> new WasmBytes().unsigned(at).toArray()).toList());
    section(module, 4, tables);
    section(module, 5, memories);
    section(module, 6, globals);
    section(module, 7, exports);
    if (start >= 0) {
      module.put(8).sized(new WasmBytes().unsigned(start).toArray());
    }
    section(module, 9, elements);
    if (!data.isEmpty()) {
      module.put(12).sized(new WasmBytes().unsigned(data.size()).toArray());
    }
    section(module, 10, code);
    section(module, 11, data);
    return module.toArray();
  }

  private List<byte[]> code(BitSet dropped) {
    var code = new ArrayList<byte[]>();
    int part = 0;
    for (int i = 0; i < functionTypes.size(); i++) {
      Code.Body body = bodies.get(imports.size() + i);
      if (body == null) {
        throw new IllegalStateException("function " + i + " has no body");
      }
      var gone = new BitSet();
      for (Code.Range range : body.removable()) {
        if (dropped.get(part++)) {
          gone.set(range.from(), range.to());
        }
      }
      code.add(encoded(body, gone));
    }
    return code;
  }

  private static byte[] encoded(Code.Body body, BitSet gone) {
    var bytes = new WasmBytes();
    // One group a type: the locals of a type follow one another.
    var groups = new LinkedHashSet<>(body.locals());
    bytes.unsigned(groups.size());
    for (Type type : groups) {
      bytes.unsigned(body.locals().stream().filter(each -> each == type).count()).put(type.code());
    }
    for (int i = 0; i < body.code().length; i++) {
      if (!gone.get(i)) {
        bytes.put(body.code()[i]);
      }
    }
    byte[] all = bytes.put(Op.END).toArray();
    return new WasmBytes().sized(all).toArray();
  }

  private static byte[] encoded(Signature signature) {
    var bytes = new WasmBytes().put(0x60).unsigned(signature.params().size());
    signature.params().forEach(type -> bytes.put(type.code()));
    bytes.unsigned(signature.results().size());
    signature.results().forEach(type -> bytes.put(type.code()));
    return bytes.toArray();
  }

  private static WasmBytes limits(WasmBytes bytes, int minimum, int maximum) {
    bytes.put(maximum < 0 ? 0 : 1).unsigned(minimum);
    return maximum < 0 ? bytes : bytes.unsigned(maximum);
  }

  private static void section(WasmBytes module, int id, List<byte[]> entries) {
    if (entries.isEmpty()) {
      return;
    }
    var content = new WasmBytes().unsigned(entries.size());
    entries.forEach(content::put);
    module.put(id).sized(content.toArray());
  }
}
