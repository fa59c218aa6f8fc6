/** How what users send is read, and how messages repeat it. */
package dev.funless.core.input;
