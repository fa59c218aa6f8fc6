/** The load generator: keep-alive HTTP/1.1 over plain NIO, every answer checked. */
package dev.funless.bench.load;
