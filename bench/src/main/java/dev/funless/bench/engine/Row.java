package dev.funless.bench.engine;

/** What can be measured, in the order of the table. */
enum Row {
  TRIVIAL("isolated call, trivial guest, engine only"),
  JSON("isolated call, 1 KiB of JSON parsed and answered by a C guest"),
  V8("the same against V8, a new instance per call"),
  RUST("Rust WASI command, 1 KiB of JSON"),
  KERNELS("CPU kernels"),
  CACHE("load from the cache into a warm JVM"),
  COMPILE("first compile in a warm JVM, parse included"),
  RUNAWAY("a runaway loop stopped after its deadline"),
  DENSITY("functions loaded at once in a 1 GiB heap, one page each"),
  THROUGHPUT("throughput with 2 threads against 1");

  private final String title;

  Row(String title) {
    this.title = title;
  }

  String title() {
    return title;
  }
}
