/** Makes random modules that are valid, and end. */
package dev.funless.fuzz.generate;
